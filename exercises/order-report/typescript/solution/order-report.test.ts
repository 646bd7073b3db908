import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runMigrations } from './migrations';
import { orderReport } from './order-report';

describe('orderReport', () => {
  let container: StartedPostgreSqlContainer;
  let pool: pg.Pool;

  beforeAll(async () => {
    container = await new PostgreSqlContainer('postgres:16-alpine').start();
    pool = new pg.Pool({ connectionString: container.getConnectionUri() });
    await runMigrations(pool);
  }, 120_000);

  afterAll(async () => {
    await pool?.end();
    await container?.stop();
  });

  beforeEach(() => pool.query('truncate customers, orders, order_lines, payments restart identity'));

  const march = { month: '2030-03', timeZone: 'UTC' };
  const midMonth = '2030-03-15T12:00:00Z';
  let nextOrder = 1;

  type Order = { at?: string; discount?: number; lines?: [quantity: number, unitCents: number][]; payments?: number[] };

  async function customer(id: number, name: string, ...orders: Order[]): Promise<void> {
    await pool.query('insert into customers (id, name) values ($1, $2)', [id, name]);
    for (const { at = midMonth, discount = null, lines = [], payments = [] } of orders) {
      const order = nextOrder++;
      await pool.query('insert into orders (id, customer_id, placed_at, discount_cents) values ($1, $2, $3, $4)', [
        order,
        id,
        at,
        discount,
      ]);
      for (const [quantity, unitCents] of lines) {
        await pool.query('insert into order_lines (order_id, quantity, unit_cents) values ($1, $2, $3)', [
          order,
          quantity,
          unitCents,
        ]);
      }
      for (const amount of payments) {
        await pool.query('insert into payments (order_id, amount_cents) values ($1, $2)', [order, amount]);
      }
    }
  }

  it('has a row for every customer, with orders in the month, in another, or never', async () => {
    await customer(1, 'Ann', { lines: [[1, 500]], payments: [500] });
    await customer(2, 'Bob', { at: '2030-01-15T12:00:00Z', lines: [[1, 700]], payments: [700] });
    await customer(3, 'Cay');

    expect(await orderReport(pool, march)).toEqual([
      { customer: 'Ann', orders: 1, totalCents: 500, paidCents: 500 },
      { customer: 'Bob', orders: 0, totalCents: 0, paidCents: 0 },
      { customer: 'Cay', orders: 0, totalCents: 0, paidCents: 0 },
    ]);
  });

  it('adds each line, each discount and each payment once', async () => {
    await customer(
      1,
      'Ann',
      {
        discount: 100,
        lines: [
          [3, 200],
          [1, 50],
        ],
        payments: [300, 250],
      },
      { lines: [[2, 1000]] },
    );

    expect(await orderReport(pool, march)).toEqual([
      { customer: 'Ann', orders: 2, totalCents: 550 + 2000, paidCents: 550 },
    ]);
  });

  it('counts an order without lines', async () => {
    await customer(1, 'Ann', {});

    expect(await orderReport(pool, march)).toEqual([{ customer: 'Ann', orders: 1, totalCents: 0, paidCents: 0 }]);
  });

  it('takes the month of the time zone that was asked for, from its first instant to the next one’s', async () => {
    // Summer time begins within that March: its first instant is 23:00 in UTC, its last 22:00.
    const timeZone = 'Europe/Berlin';
    await customer(
      1,
      'Ann',
      { at: '2030-02-28T22:59:59.999Z', lines: [[1, 1]] },
      { at: '2030-02-28T23:00:00Z', lines: [[1, 10]] },
      { at: '2030-03-31T21:59:59.999Z', lines: [[1, 100]] },
      { at: '2030-03-31T22:00:00Z', lines: [[1, 1000]] },
    );

    const totals = async (month: string) => (await orderReport(pool, { month, timeZone })).map((row) => row.totalCents);
    expect(await totals('2030-02')).toEqual([1]);
    expect(await totals('2030-03')).toEqual([110]);
    expect(await totals('2030-04')).toEqual([1000]);
  });

  it('begins with the largest total, and sorts equal ones by name', async () => {
    await customer(1, 'bea', { lines: [[1, 100]] });
    await customer(2, 'Max', { lines: [[1, 900]] });
    await customer(3, 'Zoe', { lines: [[1, 100]] });
    await customer(4, 'Ann');

    expect((await orderReport(pool, march)).map((row) => row.customer)).toEqual(['Max', 'Zoe', 'bea', 'Ann']);
  });
});
