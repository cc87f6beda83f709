import { defineConfig } from 'vitest/config';
import short from './vitest.config.ts';

/** The page and the report in a real browser: `npm run test:web`. */
export default defineConfig({
  test: {
    ...short.test,
    include: ['test/**/*.web.ts'],
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});
