import { readdir, rm } from 'node:fs/promises';
import { getCompileCacheDir } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** Removes from `folder` what other versions of Node compiled, if it is there that this process keeps what it compiles. */
export async function sweepCodeCache(folder: string): Promise<void> {
  // NODE_COMPILE_CACHE leads elsewhere, where others may keep theirs as well.
  const current = getCompileCacheDir();
  if (current === undefined || dirname(current) !== folder) return;
  for (const name of await readdir(folder)) {
    if (name !== basename(current)) await rm(join(folder, name), { recursive: true, force: true });
  }
}
