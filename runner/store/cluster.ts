/** The cluster folder of the embedded PostgreSQL: made once, recognised later, never deleted. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ServiceError } from '../errors.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { startOf } from './process-identity.ts';

/** The folder, in the system's temporary one, that holds the server's socket; the random part follows. */
export const socketFolderPrefix = 'boundary-pg-';
export const superuser = 'boundary';
const stopDeadlineMs = 10_000;

/**
 * Makes the cluster at `folder` unless one is there. A half-made one is set aside under a name that says so, and `notice`
 * tells of it. Throws {@link ServiceError} as {@link checkCluster} does, or `postgres-start-failed`.
 */
export async function ensureCluster(
  folder: string,
  binaries: PostgresBinaries,
  notice: (text: string) => void,
): Promise<void> {
  // initdb works beside the final name, and the rename comes last: a cluster under its own name was a whole one.
  const unfinished = `${folder}.unfinished`;
  if (existsSync(unfinished)) setAside(unfinished, notice);
  if (checkCluster(folder, binaries)) return;
  await initdb(unfinished, binaries);
  renameSync(unfinished, folder);
}

/**
 * Whether there is a cluster that these programs can serve. Changes nothing. Throws {@link ServiceError} `cluster-foreign`
 * for one of another version, and `postgres-start-failed` for what is left of one: a new one in its place would look as
 * if all that was kept had been lost.
 */
export function checkCluster(folder: string, { major }: Pick<PostgresBinaries, 'major'>): boolean {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return false;
  const missing = ['PG_VERSION', join('global', 'pg_control')].find((file) => !existsSync(join(folder, file)));
  if (missing !== undefined) {
    const reason = `${missing} is not there, as after a copy or a restore that broke off. Restore the folder from a backup, or move it away for an empty store`;
    throw new ServiceError('postgres-start-failed', { step: 'Looking at the cluster', reason, folder });
  }
  const found = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (found !== major) throw new ServiceError('cluster-foreign', { folder, found, expected: major });
  return true;
}

function setAside(folder: string, notice: (text: string) => void): void {
  const aside = `${folder}.set-aside-${new Date().toISOString().replaceAll(':', '')}`;
  renameSync(folder, aside);
  notice(
    `${folder} was an unfinished PostgreSQL cluster, left by a start that was interrupted. It is now ${aside}; delete that folder when you do not need it.`,
  );
}

async function initdb(folder: string, { initdb: file }: PostgresBinaries): Promise<void> {
  const args = ['--pgdata', folder, '--username', superuser, '--auth', 'trust', '--encoding', 'UTF8'];
  args.push('--locale-provider', 'builtin', '--locale', 'C.UTF-8', '--no-instructions');
  const child = spawn(file, args, { env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' }, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2_000);
  });
  const reason = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(code === 0 ? undefined : complaint.trim() || `exit ${code ?? signal}`),
    );
  });
  if (reason !== undefined) throw new ServiceError('postgres-start-failed', { step: 'initdb', reason, folder });
}

/**
 * Stops the server that a killed runner left on this cluster, and removes its socket folder. The caller holds the data
 * folder's lock, so a server found here has no living owner.
 */
export async function stopLeftover(folder: string, temporary: string): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return;
  // Line 1 is the pid, line 2 the cluster’s folder, line 5 the socket’s: see “postmaster.pid” in PostgreSQL’s manual.
  const [pidText, , , , sockets] = readFileSync(file, 'utf8').split('\n');
  const pid = Number(pidText);
  const started = startOf(pid);
  if (Number.isInteger(pid) && pid > 1 && started !== undefined && servesCluster(pid, folder)) {
    if (!(await stopped(pid, started, 'SIGINT')) && !(await stopped(pid, started, 'SIGQUIT'))) {
      throw new ServiceError('postgres-start-failed', {
        step: 'Stopping the server left by an earlier runner',
        reason: `process ${pid} does not end`,
        folder,
      });
    }
  }
  if (sockets && dirname(sockets) === temporary && basename(sockets).startsWith(socketFolderPrefix)) {
    rmSync(sockets, { recursive: true, force: true });
  }
}

// The pid may be somebody else’s by now: it is ours only if it is a postgres that was told of this folder.
function servesCluster(pid: number, folder: string): boolean {
  try {
    const argv = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return basename(argv[0] ?? '') === 'postgres' && argv.includes(folder);
  } catch {
    return false;
  }
}

async function stopped(pid: number, started: string, signal: NodeJS.Signals): Promise<boolean> {
  process.kill(pid, signal);
  const deadline = Date.now() + stopDeadlineMs;
  while (Date.now() < deadline) {
    if (startOf(pid) !== started) return true;
    await wait(25);
  }
  return false;
}
