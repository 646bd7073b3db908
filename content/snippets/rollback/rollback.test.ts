import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, test as base, beforeAll, describe, expect } from 'vitest';
import { nested } from './nested';
import { Orders, placeAndShip, type Queryable } from './orders';
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

// #region fixture
const test = base.extend<{ tx: Queryable }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of other fixtures from this pattern.
  tx: async ({}, use) => {
    await withRollback(pool, (tx) => use(nested(tx)));
  },
});

test('takes an order', async ({ tx }) => {
  expect(await new Orders(tx).place('Ada', 1_000)).toEqual(expect.any(Number));
});

test('adds up the revenue', async ({ tx }) => {
  const orders = new Orders(tx);
  await orders.place('Grace', 1_000);
  await orders.place('Alan', 500);

  expect(await orders.revenue()).toBe(1_500);
});
// #endregion fixture

// #region proof
describe('withRollback', () => {
  const counted = async () => (await pool.query('select from orders')).rowCount;

  test('leaves nothing behind', async () => {
    await withRollback(pool, (tx) => new Orders(tx).place('Ada', 1_000));

    expect(await counted()).toBe(0);
  });

  test('leaves nothing behind when the test throws, and passes its error on', async () => {
    const failing = withRollback(pool, async (tx) => {
      await new Orders(tx).place('Ada', 1_000);
      throw new Error('an assertion');
    });

    await expect(failing).rejects.toThrow('an assertion');
    expect(await counted()).toBe(0);
  });

  test('gives the connection back', async () => {
    await withRollback(pool, async () => undefined);

    expect({ lent: pool.totalCount - pool.idleCount, waiting: pool.waitingCount }).toEqual({ lent: 0, waiting: 0 });
  });
});
// #endregion proof

// #region savepoint
test('ships an order: the code commits, and the test still rolls back', async ({ tx }) => {
  const order = await placeAndShip(tx, 'Ada', 1_000);

  expect((await tx.query('select order_id from shipments')).rows).toEqual([{ order_id: order }]);
});

test('keeps nothing of an order that is refused, and can go on asking', async ({ tx }) => {
  await expect(placeAndShip(tx, 'Ada', -1)).rejects.toMatchObject({ code: '23514' });

  expect((await tx.query('select from orders')).rowCount).toBe(0);
});
// #endregion savepoint

// #region expected-error
test('can expect an error and look at what is left', async ({ tx }) => {
  await new Orders(tx).place('Ada', 1_000);

  await tx.query('savepoint before_the_error');
  await expect(new Orders(tx).place('Grace', -1)).rejects.toMatchObject({ code: '23514' });
  await tx.query('rollback to savepoint before_the_error');

  expect(await new Orders(tx).revenue()).toBe(1_000);
});
// #endregion expected-error

// #region ids
test('does not give ids back', async () => {
  const first = await withRollback(pool, (tx) => new Orders(tx).place('Ada', 1_000));
  const second = await withRollback(pool, (tx) => new Orders(tx).place('Ada', 1_000));

  expect(second).toBeGreaterThan(first);
});
// #endregion ids
