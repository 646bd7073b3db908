import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
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
  const recipe = createHash('sha256')
    .update(await readFile(entrypoint))
    .digest('hex')
    .slice(0, 12);
  const name = `${release.version}-${wanted.POSTGRES_USER}-${recipe}.tar`;
  let making = pending.get(name);
  if (!making) {
    making = makeOnce(release, wanted, folder, name);
    pending.set(name, making);
    making.catch(() => pending.delete(name));
  }
  return making;
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
