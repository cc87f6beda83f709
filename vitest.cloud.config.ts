import { defineConfig } from 'vitest/config';

/** Proofs on Google's emulators that take minutes: `npm run test:cloud`. */
export default defineConfig({
  test: {
    include: ['test/**/*.cloud.ts'],
    pool: 'forks',
    maxWorkers: 2,
    env: { METADATA_SERVER_DETECTION: 'none' },
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
