import { defineConfig } from 'vitest/config';

const shared = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  cacheDir: '.cache/vite',
  test: {
    // Beside the other caches: node_modules may belong to another user than the one that tests run as.
    fsModuleCachePath: '.cache/vitest',
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          // Most of them start servers, sandboxes and databases: two cores are soon busy.
          fileParallelism: false,
          include: ['{runner,site}/**/*.test.{ts,tsx}', 'exercises/*.test.ts', 'content/*.test.ts'],
          exclude: ['site/test/e2e/**', 'node_modules/**'],
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['site/test/e2e/**/*.test.ts'],
          // One browser and one runner at a time: two cores are soon busy.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 90_000,
          // What is polled comes when the browser has had its turn, not within Vitest's one second.
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
});
