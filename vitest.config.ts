import { defineConfig } from 'vitest/config';

export default defineConfig({
  cacheDir: '.cache/vite',
  test: {
    include: ['{runner,site,exercises,content}/**/*.test.{ts,tsx}'],
    // Exercises and snippets hold tests for learners; the runner executes those, in sandboxes.
    exclude: ['exercises/*/**', 'content/snippets/**', 'site/test/e2e/**', 'node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
