import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CustomerStore } from './customers';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await pool.query('create table customers (id integer primary key, plan text)');
}, 120_000);

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

// #region real
it('bills everybody but trials', async () => {
  await pool.query("insert into customers values (1, 'team'), (2, 'trial'), (3, null)");

  const billable = await new CustomerStore(pool).billable();

  // error: expected [ 1 ] to deeply equal [ 1, 3 ]
  expect(billable.map(({ id }) => id)).toEqual([1, 3]);
});
// #endregion real
