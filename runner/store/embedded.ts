/** A PostgreSQL server of the runner's own, on a private unix socket, that ends with the runner. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { ServiceError } from '../errors.ts';
import { ensureCluster, socketFolderPrefix, stopLeftover, superuser } from './cluster.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { settledWithin } from './settled-within.ts';

const startDeadlineMs = 30_000;
const stopDeadlineMs = 15_000;
/** Between the attempts to start a server again that ended unasked: what it needs, such as disk, may take time to come. */
const firstPauseMs = 250;
const longestPauseMs = 15_000;
/** The kernel's limit for a unix socket's path, less its terminator. */
const socketPathBytes = 107;

export type EmbeddedPostgres = AsyncDisposable & {
  readonly connection: pg.ClientConfig;
  /** The server's process now: it is another one after the server ended and was started again. */
  readonly pid: number;
};

type Server = { child: ChildProcess; ended: Promise<string | undefined> };

export type EmbeddedOptions = {
  /** Told, in a sentence, what an operator should know; nothing is wrong enough to stop. */
  notice?: (text: string) => void;
};

/**
 * Starts the server for the cluster at `${dataDir}/postgres`, which is made first if need be. The caller holds the
 * folder's lock (see data-dir-lock.ts). Throws {@link ServiceError}: `postgres-as-root`, `platform-unsupported`,
 * `cluster-foreign`, `postgres-start-failed`.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  { notice = () => {} }: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  if (process.geteuid?.() === 0) throw new ServiceError('postgres-as-root');
  const binaries = findPostgresBinaries();
  const folder = join(dataDir, 'postgres');
  const temporary = shortTemporaryFolder();
  await stopLeftover(folder, temporary);
  await ensureCluster(folder, binaries, notice);

  const sockets = mkdtempSync(join(temporary, socketFolderPrefix));
  const connection = { host: sockets, port: 5432, user: superuser, database: 'postgres' };
  // No TCP, and the socket’s folder is 0700: whoever reaches the server is this user already, so trust is enough.
  const settings = { listen_addresses: '', unix_socket_directories: sockets, unix_socket_permissions: '0700' };
  const tuning = { fsync: 'on', max_connections: '60', shared_buffers: '64MB', log_min_messages: 'warning' };
  const args = Object.entries({ ...settings, ...tuning }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const launch = () => {
    const child = spawn(binaries.postgres, ['-D', folder, ...args], {
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'pipe'],
      // Its own process group: Ctrl+C in the terminal is for the runner, which stops the server when it is done with it.
      detached: true,
    });
    return { child, ended: watch(child) };
  };
  let server: Server = launch();
  const stopping = new AbortController();
  const stopServer = async () => {
    stopping.abort();
    await stop(server);
    rmSync(sockets, { recursive: true, force: true });
  };
  try {
    await answering(connection, server.ended);
  } catch (cause) {
    await stopServer();
    throw new ServiceError(
      'postgres-start-failed',
      { step: 'Starting the server', reason: (cause as Error).message, folder },
      { cause },
    );
  }
  const supervised = keepRunning();

  /** Starts the server again whenever it ends unasked, on the same socket, so that connections find it where it was. */
  async function keepRunning(): Promise<void> {
    for (let reason = await server.ended; !stopping.signal.aborted; reason = await server.ended) {
      notice(`The embedded PostgreSQL ended and is started again. It said: ${reason ?? 'nothing'}`);
      for (let pauseMs = firstPauseMs; !stopping.signal.aborted; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
        await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
        if (stopping.signal.aborted) return;
        server = launch();
        if (
          await answering(connection, server.ended).then(
            () => true,
            () => false,
          )
        )
          break;
        await stop(server);
      }
    }
  }

  return {
    connection,
    get pid() {
      return server.child.pid as number;
    },
    async [Symbol.asyncDispose]() {
      await stopServer();
      await supervised;
      // It may have been started once more in the same moment.
      await stopServer();
    },
  };
}

function shortTemporaryFolder(): string {
  const socket = join(tmpdir(), `${socketFolderPrefix}XXXXXX`, '.s.PGSQL.5432');
  return Buffer.byteLength(socket) <= socketPathBytes ? tmpdir() : '/tmp';
}

/** Settles when the process has ended, with why where that was no orderly end. */
function watch(child: ChildProcess): Promise<string | undefined> {
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-4_000);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : log.trim() || `exit ${code ?? signal}`));
  });
}

async function answering(connection: pg.ClientConfig, ended: Promise<string | undefined>): Promise<void> {
  const end = ended.then((reason) => ({ reason: reason ?? 'the server ended at once' }));
  const deadline = Date.now() + startDeadlineMs;
  for (;;) {
    const attempt = await Promise.race([connects(connection), end]);
    if (attempt === true) return;
    if (attempt !== false) throw new Error(attempt.reason);
    if (Date.now() > deadline) throw new Error(`no answer within ${startDeadlineMs / 1000} s`);
    await wait(20);
  }
}

async function connects(connection: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

/** Fast shutdown first (sessions are cut, data is safe), then an immediate one (the next start recovers). */
async function stop({ child, ended }: Server): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    child.kill(signal);
    await settledWithin(ended, stopDeadlineMs);
  }
  await ended;
}
