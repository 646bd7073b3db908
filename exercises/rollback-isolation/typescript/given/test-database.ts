import { PostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';

export type TestDatabase = {
  /** Waits four seconds for a connection, and not for ever. */
  poolOf(connections: number): pg.Pool;
  /** How many orders are committed, as another connection sees it. */
  committed(): Promise<number>;
  /** Removes what is committed. */
  empty(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts PostgreSQL with one table, `orders`. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const container = await new PostgreSqlContainer('postgres:16-alpine').start();
  const connectionString = container.getConnectionUri();
  const poolOf = (max: number) => {
    const pool = new pg.Pool({ connectionString, max, connectionTimeoutMillis: 4_000 });
    // Connections that the end of the container cuts off are no failure of a test.
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    return pool;
  };
  const aside = poolOf(1);
  await aside.query(
    'create table orders (id integer generated always as identity primary key, customer text not null, cents integer not null check (cents >= 0))',
  );
  return {
    poolOf,
    committed: async () => (await aside.query('select from orders')).rowCount ?? 0,
    // Waits for nobody: a transaction that was left open has locks.
    empty: async () => void (await aside.query("set lock_timeout = '1s'; delete from orders")),
    stop: async () => void (await container.stop()),
  };
}
