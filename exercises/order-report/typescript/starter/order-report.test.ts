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

  it('adds up a customer’s month', async () => {
    await pool.query("insert into customers (id, name) values (1, 'Ann')");
    await pool.query(
      "insert into orders (id, customer_id, placed_at, discount_cents) values (1, 1, '2030-03-15T12:00:00Z', 0)",
    );
    await pool.query('insert into order_lines (order_id, quantity, unit_cents) values (1, 1, 500)');
    await pool.query('insert into payments (order_id, amount_cents) values (1, 500)');

    const report = await orderReport(pool, { month: '2030-03', timeZone: 'UTC' });

    expect(report).toEqual([{ customer: 'Ann', orders: 1, totalCents: 500, paidCents: 500 }]);
  });

  // One of everything. What happens with two of something, and with none?
});
