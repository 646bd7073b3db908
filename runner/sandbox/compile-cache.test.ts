import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sweepCompileCaches } from './compile-cache.ts';

test('caches of other versions go, and what nobody is making any more', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'boundary-compiled-'));
  try {
    for (const name of ['compiled-this', 'compiled-other', 'compiling-now', 'compiling-once', 'clusters']) {
      await mkdir(join(folder, name));
    }
    await utimes(join(folder, 'compiling-once'), 0, 0);
    await sweepCompileCaches(folder, 'compiled-this');
    expect((await readdir(folder)).sort()).toEqual(['clusters', 'compiled-this', 'compiling-now']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
