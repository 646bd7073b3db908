import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { migrate } from './schema';
import { closeAccount, closeUnused, openAccount } from './shop';

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

// #region by-list
beforeEach(async () => {
  await pool.query('delete from "order"');
  await pool.query('delete from accounts');
});

it('records an account that its owner closes', async () => {
  await openAccount(pool, 'ada@example.com');
  await closeAccount(pool, 'ada@example.com');

  expect(await actionsOn('ada@example.com')).toEqual(['closed']);
});

it('records an account that the nightly job closes', async () => {
  await openAccount(pool, 'ada@example.com');
  await closeUnused(pool);

  expect(await actionsOn('ada@example.com')).toEqual(['closed']);
});
// #endregion by-list

async function actionsOn(email: string): Promise<string[]> {
  const { rows } = await pool.query('select action from audit_log where email = $1', [email]);
  return rows.map(({ action }) => action);
}
