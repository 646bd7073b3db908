import { defineConfig } from 'vitest/config';

const shared = { testTimeout: 30_000, hookTimeout: 60_000 };
/** What sweeps a Docker daemon, or weighs how learners fare beside each other: one file after another, when all else is done. */
const alone = [
  'runner/test/{conformance,load}/**/*.test.ts',
  'runner/test/docker-engine.test.ts',
  'runner/test/web/fairness.test.ts',
];

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
          // Most of them start servers, sandboxes and databases, and wait for them as long: two at a time fill two cores.
          maxWorkers: 2,
          include: ['{runner,site}/**/*.test.{ts,tsx}', 'exercises/*.test.ts', 'content/*.test.ts'],
          exclude: ['site/test/e2e/**', 'node_modules/**', ...alone],
        },
      },
      {
        test: {
          ...shared,
          name: 'unit-alone',
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          include: alone,
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
