import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresRelease } from './releases.ts';

const run = promisify(execFile);
const entrypoint = join(import.meta.dirname, 'docker-entrypoint.sh');

/**
 * Initialising a cluster takes half a second, so those that Testcontainers asks for unless told otherwise are made
 * once and kept. The very entrypoint that a container runs makes them, so a copy is what the container would have
 * come to. Anything else is initialised in the container itself. They are kept as archives: of 1,300 small files, unpacking
 * takes half of the time of copying.
 */
const premade = [
  { POSTGRES_USER: 'test', POSTGRES_PASSWORD: 'test', POSTGRES_DB: 'test' },
  { POSTGRES_USER: 'postgres', POSTGRES_PASSWORD: 'postgres', POSTGRES_DB: 'postgres' },
];
/** Variables that shape a cluster beyond user, password and database: with one of them set, no premade one serves. */
const shaping = ['POSTGRES_INITDB_ARGS', 'POSTGRES_INITDB_WALDIR', 'POSTGRES_HOST_AUTH_METHOD'];

/** Longer than a cluster ever takes to make. */
const makingMs = 10 * 60_000;

const pending = new Map<string, Promise<string>>();

/** The premade cluster's user, password and database that an environment asks for, or undefined if it wants another. */
export function premadeFor(env: Readonly<Record<string, string>>): (typeof premade)[number] | undefined {
  if (shaping.some((name) => name in env)) return undefined;
  const user = env.POSTGRES_USER ?? 'postgres';
  return premade.find(
    (candidate) =>
      candidate.POSTGRES_USER === user &&
      candidate.POSTGRES_PASSWORD === env.POSTGRES_PASSWORD &&
      candidate.POSTGRES_DB === (env.POSTGRES_DB ?? user),
  );
}

/** The name, below `folder`, of an archive with a premade cluster for this environment; made now if it is not there yet. */
export async function clusterFor(
  release: PostgresRelease,
  env: Readonly<Record<string, string>>,
  folder: string,
): Promise<string | undefined> {
  const wanted = premadeFor(env);
  if (!wanted) return undefined;
  const name = nameOf(release, wanted, await recipe());
  const target = join(folder, name);
  let making = pending.get(target);
  if (!making) {
    making = makeOnce(release, wanted, folder, name);
    pending.set(target, making);
    making.catch(() => pending.delete(target));
  }
  return making;
}

/** What an archive is made by, so that one made otherwise has another name. */
async function recipe(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(entrypoint));
  return hash.digest('hex').slice(0, 12);
}

function nameOf({ version }: PostgresRelease, { POSTGRES_USER }: (typeof premade)[number], recipe: string): string {
  return `${version}-${POSTGRES_USER}-${recipe}.tar`;
}

/**
 * Removes the clusters of other versions, of the servers and of the project, and what a killed runner was in the middle
 * of making. Another runner of this checkout may be making one now.
 */
export async function sweepClusters(releases: readonly PostgresRelease[], folder: string): Promise<void> {
  const made = await recipe();
  const wanted = new Set(releases.flatMap((release) => premade.map((one) => nameOf(release, one, made))));
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const kept = name.startsWith('making-') ? Date.now() - (await modifiedAt(path)) < makingMs : wanted.has(name);
    if (!kept) await rm(path, { recursive: true, force: true });
  }
}

/** Now, for a folder that was moved or removed in the meantime. */
async function modifiedAt(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.mtimeMs ?? Date.now();
}

async function makeOnce(
  release: PostgresRelease,
  env: Record<string, string>,
  folder: string,
  name: string,
): Promise<string> {
  const target = join(folder, name);
  const exists = await access(target).then(
    () => true,
    () => false,
  );
  if (exists) return name;
  await mkdir(folder, { recursive: true });
  // Made under another name and moved, so that what bears the name is whole.
  const work = await mkdtemp(join(folder, 'making-'));
  try {
    const data = join(work, 'data');
    await run('/bin/bash', [entrypoint, 'postgres', '--initialise-only'], {
      env: {
        PATH: `${join(release.home, 'bin')}:/usr/bin:/bin`,
        LANG: 'C.UTF-8',
        TZ: 'Etc/UTC',
        PGDATA: data,
        ...env,
      },
    });
    // Most of the write-ahead log is zeros. Left out of the copy as holes, they are left out of the archive too.
    const sparse = join(work, 'sparse');
    await run('cp', ['-a', '--sparse=always', data, sparse]);
    const archive = join(work, 'cluster.tar');
    await run('tar', ['--create', '--sparse', '--file', archive, '--directory', sparse, '.']);
    await rename(archive, target);
    return name;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
