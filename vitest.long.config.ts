import { defineConfig } from 'vitest/config';
import short from './vitest.config.ts';

/** Proofs that take longer, with nothing but npm: `npm run test:long`. */
export default defineConfig({
  test: { ...short.test, include: ['test/**/*.long.ts'], testTimeout: 300_000 },
});
