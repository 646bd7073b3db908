// #region projects
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts'],
          exclude: ['src/**/*.int.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['src/**/*.int.test.ts'],
          hookTimeout: 120_000, // the first start of a container may have to fetch its image
          testTimeout: 30_000,
        },
      },
    ],
  },
});
// #endregion projects
