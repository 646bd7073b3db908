import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collide } from './collide';
import { migrate } from './schema';
import { withdrawLossy } from './withdraw';

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

// #region collision
it('pays out once when two withdrawals meet', async () => {
  const { rows } = await pool.query('insert into accounts (balance) values (100) returning id');
  const account = rows[0].id;

  const ended = await collide(pool, `select from accounts where id = ${account} for update`, [
    () => withdrawLossy(pool, account, 80),
    () => withdrawLossy(pool, account, 80),
  ]);

  // error: expected [ 'fulfilled', 'fulfilled' ] to deeply equal [ 'fulfilled', 'rejected' ]
  expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
}, 30_000);
// #endregion collision
