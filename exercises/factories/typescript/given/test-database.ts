import { PostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { tables } from './schema';

export type TestDatabase = {
  pool: pg.Pool;
  /** How many companies, shows and tickets there are. */
  counts(): Promise<{ companies: number; shows: number; tickets: number }>;
  empty(): Promise<void>;
  stop(): Promise<void>;
};

export async function startTestDatabase(): Promise<TestDatabase> {
  const container = await new PostgreSqlContainer('postgres:16-alpine').start();
  const pool = new pg.Pool({ connectionString: container.getConnectionUri(), connectionTimeoutMillis: 4_000 });
  // Connections that the end of the container cuts off are no failure of a test.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  await pool.query(tables);
  return {
    pool,
    async counts() {
      const { rows } = await pool.query(
        `select (select count(*) from companies)::int as companies,
                (select count(*) from shows)::int as shows,
                (select count(*) from tickets)::int as tickets`,
      );
      return rows[0];
    },
    empty: async () => void (await pool.query('truncate companies, shows, tickets restart identity')),
    stop: async () => void (await container.stop()),
  };
}
