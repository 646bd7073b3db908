import { chmod, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openImageCatalogue } from '../image-catalogue.ts';

test('clusters of other versions go, and what nobody is making any more', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'boundary-clusters-'));
  try {
    await openImageCatalogue(folder);
    const ours = await readdir(folder);
    expect(ours).not.toEqual([]);
    // An archive of an older server, a folder as versions before the archives kept them, and two in the making.
    await writeFile(join(folder, '16.1-test-0123456789ab.tar'), '');
    for (const name of ['16.1-test-0123456789ab', 'making-now', 'making-once']) await mkdir(join(folder, name));
    await utimes(join(folder, 'making-once'), 0, 0);

    await openImageCatalogue(folder);
    expect((await readdir(folder)).sort()).toEqual([...ours, 'making-now'].sort());
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a folder that cannot be written to is told of, with what to do; one that has all is enough as it is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'boundary-clusters-'));
  try {
    await chmod(folder, 0o500);
    await expect(openImageCatalogue(join(folder, 'clusters'))).rejects.toThrow(/clusters: EACCES.* Give this user/);
    await expect(openImageCatalogue(folder)).rejects.toThrow(/EACCES.* Give this user/);
    await chmod(folder, 0o700);
    await openImageCatalogue(folder);
    await writeFile(join(folder, 'old.tar'), '');
    await chmod(folder, 0o500);
    await openImageCatalogue(folder);
  } finally {
    await chmod(folder, 0o700);
    await rm(folder, { recursive: true });
  }
});
