/**
 * Node spends most of a sandbox's start on compiling the same code again. It can keep what it compiled in a folder; here
 * the folder is made once, by a process that runs nothing but the project's own code, and every sandbox sees it read-only.
 * Node checks each entry against the source that it is for, so a stale one costs time and changes nothing.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ReadOnlyMount } from './bubblewrap.ts';

const project = dirname(dirname(import.meta.dirname));
const parent = join(project, '.cache');
/** The parts of the runner that run inside of sandboxes. */
const codeInside = ['sandbox', 'toolchains', 'engine/agent'].map((part) => join(project, 'runner', part));
/** Longer than a cache ever takes to make. */
const makingMs = 10 * 60_000;
let folder: string | undefined;

/** Named after all that its contents depend on, as far as this project decides it. */
function cacheFolder(): string {
  if (folder !== undefined) return folder;
  const hash = createHash('sha256').update(`${process.version} ${process.arch}`);
  const sources = codeInside.flatMap((part) =>
    readdirSync(part, { recursive: true, encoding: 'utf8' }).map((name) => join(part, name)),
  );
  for (const file of [join(project, 'package-lock.json'), ...sources.filter((name) => name.endsWith('.ts')).sort()]) {
    if (existsSync(file)) hash.update(readFileSync(file));
  }
  folder = join(parent, `compiled-${hash.digest('hex').slice(0, 16)}`);
  return folder;
}

/**
 * Makes the cache, unless it is there. Rejects where it cannot be made, which costs time only.
 *
 * @param programs what sandboxes run; started without a runner they load what they need and end
 * @param prepare writes what else sandboxes are to find in a folder that it is given, before those programs look for it
 */
export async function makeCompileCache(programs: readonly string[], prepare: string): Promise<void> {
  const target = cacheFolder();
  await mkdir(parent, { recursive: true });
  await sweepCompileCaches(parent, basename(target));
  if (existsSync(target)) return;
  // Made under another name and moved, so that what bears the name is whole. Both lie equally deep: entries are found by
  // their way from the folder to the source.
  const work = await mkdtemp(join(parent, 'compiling-'));
  try {
    await runNode([prepare, work]);
    const load = programs.flatMap((program) => ['--import', pathToFileURL(program).href]);
    await runNode([...load, '--eval', 'process.exit()'], compileCacheVariables(work));
    await rename(work, target).catch((error: NodeJS.ErrnoException) => {
      // Another runner of this checkout was quicker.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function runNode(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<void> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...argv], {
    env: { PATH: '/usr/bin:/bin', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the compile cache could not be made: ${complaint || `exit code ${code}`}`);
}

/**
 * Removes caches of other versions, and what a killed runner was in the middle of making. A runner of another version that
 * still uses one goes on without it.
 */
export async function sweepCompileCaches(folder: string, keep: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const old = name.startsWith('compiled-') && name !== keep;
    const abandoned = name.startsWith('compiling-') && Date.now() - (await modifiedAt(path)) > makingMs;
    if (old || abandoned) await rm(path, { recursive: true, force: true });
  }
}

/** Now, for a folder that was moved or removed in the meantime. */
async function modifiedAt(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.mtimeMs ?? Date.now();
}

/** Where a sandbox has the project's folders, below `base`: as they lie on the host, by which cached code is found. */
export function compileCacheMount(base: string): ReadOnlyMount[] {
  const from = cacheFolder();
  return existsSync(from) ? [{ from, to: `${base}/.cache/compiled` }] : [];
}

/** The variables that make Node use the cache in a folder. */
export function compileCacheVariables(at: string): Record<string, string> {
  return { NODE_COMPILE_CACHE: at, NODE_COMPILE_CACHE_PORTABLE: '1' };
}
