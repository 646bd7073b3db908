/** A PostgreSQL of the experiment’s own, started once. */
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';

let container: StartedPostgreSqlContainer;
const pools: pg.Pool[] = [];
/** How long the start took, in ms. */
export let startMs = 0;

beforeAll(async () => {
  const began = performance.now();
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  startMs = performance.now() - began;
}, 60_000);

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await container?.stop();
});

/** A pool on the container’s database, or on a new one of this name; closed at the end. */
export async function connect(database?: string): Promise<pg.Pool> {
  const address = new URL(container.getConnectionUri());
  if (database !== undefined) {
    const pool = new pg.Pool({ connectionString: address.href, max: 1 });
    await pool.query(`create database "${database}"`);
    await pool.end();
    address.pathname = `/${database}`;
  }
  const pool = new pg.Pool({ connectionString: address.href });
  pools.push(pool);
  return pool;
}

export async function versionOf(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query('show server_version');
  return `PostgreSQL ${rows[0].server_version.split(' ')[0]}`;
}
