import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { emptyTables } from './empty-tables';
import { migrate } from './schema';
import { cancelOrder, closeUnused, openAccount, placeOrder } from './shop';

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

// #region clean
beforeEach(() => emptyTables(pool, { keep: ['schema_migrations', 'plans'] }));

it('records an account that the nightly job closes', async () => {
  await openAccount(pool, 'ada@example.com');
  await closeUnused(pool);

  const { rows } = await pool.query('select action from audit_log');
  expect(rows).toEqual([{ action: 'closed' }]); // there is none
});
// #endregion clean

// #region apart
it('cancels an order, and no other', async () => {
  await openAccount(pool, 'ada@example.com'); // so that accounts and orders do not count in step
  const grace = await openAccount(pool, 'grace@example.com');
  const first = await placeOrder(pool, grace, 1990);
  const second = await placeOrder(pool, grace, 2990);
  const third = await placeOrder(pool, grace, 3990);

  await cancelOrder(pool, grace, third);

  const { rows } = await pool.query('select id from "order" order by id');
  expect(rows).toEqual([{ id: first }, { id: second }]); // all three are still there
});
// #endregion apart
