import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { placeAndShip } from './orders';
import { migrate } from './schema';
import { withRollback } from './with-rollback';

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

// #region commits
it('leaves nothing behind', async () => {
  await withRollback(pool, (tx) => placeAndShip(tx, 'Ada', 1_000));

  // error: expected 1 to be +0
  expect((await pool.query('select from orders')).rowCount).toBe(0);
});
// #endregion commits
// #region hidden-by-an-error
it('goes on after an error that it expected', async () => {
  await withRollback(pool, async (tx) => {
    await expect(tx.query("insert into orders (customer, cents) values ('Ada', -1)")).rejects.toThrow();

    // error: current transaction is aborted, commands ignored until end of transaction block
    await tx.query('select from orders');
  });
});
// #endregion hidden-by-an-error
