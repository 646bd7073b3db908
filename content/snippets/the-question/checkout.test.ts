import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amountDue } from './checkout';
import { MendedOrderStore } from './order-store';
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

// #region subtotal
describe('MendedOrderStore.subtotal', () => {
  it('adds up the lines of one order', async () => {
    await pool.query(`
      insert into order_lines (order_id, product, price, quantity)
      values (1, 'teapot', 20.00, 2), (1, 'cup', 4.50, 6), (2, 'kettle', 35.00, 1)
    `);

    expect(await new MendedOrderStore(pool).subtotal(1)).toBe(67);
  });

  it('is 0 for an order without lines', async () => {
    expect(await new MendedOrderStore(pool).subtotal(404)).toBe(0);
  });
});
// #endregion subtotal

it('leaves nothing to be guessed between store and checkout', async () => {
  await pool.query("insert into order_lines values (3, 'teapot', 20.00, 2)");

  expect(await amountDue(new MendedOrderStore(pool), 3)).toBe(45);
});

// #region shapes
it('hands each type over in the shape that the driver has chosen', async () => {
  const { rows } = await pool.query(`
    select 19.90::numeric            as price,
           count(*)                  as orders,
           9007199254740993::bigint  as id,
           date '2026-03-01'         as day,
           interval '90 minutes'     as took,
           null                      as nothing`);

  expect(rows[0]).toEqual({
    price: '19.90', // text, with its trailing zero
    orders: '1', // text: count(*) is a bigint
    id: '9007199254740993', // as a number it would be …992
    day: new Date(2026, 2, 1), // midnight in the time zone of this process
    took: expect.objectContaining({ hours: 1, minutes: 30 }),
    nothing: null,
  });
});

it('changes values on the way in', async () => {
  const { rows } = await pool.query('select $1::jsonb as event, $2::text as note', [
    { at: new Date(0), by: undefined },
    undefined,
  ]);

  expect(rows[0]).toEqual({ event: { at: '1970-01-01T00:00:00.000Z' }, note: null });
});
// #endregion shapes

// #region refused
it('refuses what a string in JavaScript may hold', async () => {
  await expect(pool.query('select $1::text', ['a\0b'])).rejects.toMatchObject({ code: '22021' });
});
// #endregion refused
