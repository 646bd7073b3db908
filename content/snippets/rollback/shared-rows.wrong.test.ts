import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Orders } from './orders';
import { migrate } from './schema';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await migrate(pool);
}, 120_000);

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

// #region shared
it('takes an order', async () => {
  expect(await new Orders(pool).place('Ada', 1_000)).toEqual(expect.any(Number));
});

it('adds up the revenue', async () => {
  const orders = new Orders(pool);
  await orders.place('Grace', 1_000);
  await orders.place('Alan', 500);

  expect(await orders.revenue()).toBe(1_500); // error: expected 2500 to be 1500
});
// #endregion shared
