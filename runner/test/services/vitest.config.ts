/** How the snippets that need a server are run: as a reader would, and one file at a time, for they share that server. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  cacheDir: join(tmpdir(), 'boundary-snippets-vite'),
  test: { include: ['*.test.ts'], fileParallelism: false, isolate: false, testTimeout: 60_000, hookTimeout: 60_000 },
});
