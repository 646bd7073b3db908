/** The store: one PostgreSQL, embedded or of the operator's own, migrated and ready. */
import pg from 'pg';
import type { Config } from '../config.ts';
import { ServiceError } from '../errors.ts';
import { startEmbeddedPostgres } from './embedded.ts';
import { migrate } from './migrate.ts';
import type { Log } from './queue-logger.ts';
import { settledWithin } from './settled-within.ts';

export type Store = AsyncDisposable & {
  readonly pool: pg.Pool;
  readonly connection: pg.ClientConfig;
  /** Whether this process is the only one that can reach the database, so that any other it finds there is dead. */
  readonly exclusive: boolean;
  /** Rejects with `store-unavailable` unless the database answers within two seconds. */
  ping(): Promise<void>;
};

const pingDeadlineMs = 2_000;

/**
 * Opens the store and brings its schema up to date. For the embedded database the caller holds the data folder's lock.
 * Throws {@link ServiceError}: `database-unreachable`, and those of `startEmbeddedPostgres` and `migrate`.
 */
export async function openStore(config: Pick<Config, 'dataDir' | 'databaseUrl' | 'workers'>, log: Log): Promise<Store> {
  await using undo = new AsyncDisposableStack();
  let connection: pg.ClientConfig;
  if (config.databaseUrl === undefined) {
    const notice = (text: string) => log.warn({}, text);
    const server = undo.use(await startEmbeddedPostgres(config.dataDir, { notice }));
    connection = server.connection;
  } else {
    connection = { connectionString: config.databaseUrl };
  }
  const pool = new pg.Pool({
    ...connection,
    application_name: 'boundary',
    max: 10 + 2 * Math.min(config.workers, 15),
    connectionTimeoutMillis: 10_000,
  });
  let closing = false;
  undo.defer(() => {
    closing = true;
    return pool.end();
  });
  // Without listeners a connection that breaks would end the process: the pool speaks for the idle ones, a client for
  // itself while it is in use, where its query rejects as well. The next query opens a new one.
  pool.on('error', ({ message }) => {
    // An embedded server that is told to stop says so to connections that are about to close themselves.
    if (!closing) log.warn({ reason: message }, 'A connection to the database broke.');
  });
  pool.on('connect', (client) => client.on('error', () => {}));
  if (config.databaseUrl !== undefined) await reach(pool, config.databaseUrl);
  const migrations = await migrate(pool);
  if (migrations.length > 0) log.info({ migrations }, 'The schema of the store was brought up to date.');
  const resources = undo.move();
  return {
    pool,
    connection,
    exclusive: config.databaseUrl === undefined,
    ping: () => ping(pool),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

async function reach(pool: pg.Pool, url: string): Promise<void> {
  try {
    await pool.query('select 1');
  } catch (cause) {
    const reason = (cause as Error).message || String((cause as NodeJS.ErrnoException).code);
    throw new ServiceError('database-unreachable', { host: new URL(url).host, reason }, { cause });
  }
}

async function ping(pool: pg.Pool): Promise<void> {
  const answer = pool.query('select 1');
  if (!(await settledWithin(answer, pingDeadlineMs))) {
    throw new ServiceError('store-unavailable', {}, { cause: new Error(`no answer within ${pingDeadlineMs} ms`) });
  }
  await answer.catch((cause) => {
    throw new ServiceError('store-unavailable', {}, { cause });
  });
}
