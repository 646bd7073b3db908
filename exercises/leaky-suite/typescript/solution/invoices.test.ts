import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createInvoice, pay, totalOf, unpaidOf } from './invoices';
import { runMigrations } from './migrations';

const lines = [
  { text: 'two chairs', cents: 9000 },
  { text: 'delivery', cents: 450 },
];

describe('invoices', () => {
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

  // Without a number: a test that fails may never have learnt one.
  afterEach(async () => {
    await pool.query('truncate invoices, lines');
  });

  it('adds up all lines', async () => {
    const number = await createInvoice(pool, { customer: 'Ann', lines });

    expect(await totalOf(pool, number)).toBe(9450);
  });

  it('refuses an invoice without lines, and stores nothing', async () => {
    await expect(createInvoice(pool, { customer: 'Ann', lines: [] })).rejects.toThrow();

    expect(await unpaidOf(pool, 'Ann')).toEqual([]);
  });

  it('shows a payment to every connection', async ({ onTestFinished }) => {
    const number = await createInvoice(pool, { customer: 'Ann', lines });
    await pay(pool, number);
    const other = new pg.Client({ connectionString: container.getConnectionUri() });
    onTestFinished(() => other.end());
    await other.connect();

    const { rows } = await other.query('select paid_at is not null as paid from invoices where number = $1', [number]);
    expect(rows).toEqual([{ paid: true }]);
  });

  it('takes a payment once', async () => {
    const number = await createInvoice(pool, { customer: 'Ann', lines });

    expect(await pay(pool, number)).toBe(true);
    expect(await pay(pool, number)).toBe(false);
  });

  it('lists open invoices, the oldest first', async () => {
    const [first, second, third] = [
      await createInvoice(pool, { customer: 'Ann', lines }),
      await createInvoice(pool, { customer: 'Ann', lines }),
      await createInvoice(pool, { customer: 'Ann', lines }),
    ];
    await pay(pool, second);

    expect(await unpaidOf(pool, 'Ann')).toEqual([first, third]);
  });

  it('migrates a database that is up to date already, and keeps what is in it', async ({ onTestFinished }) => {
    const own = await new PostgreSqlContainer('postgres:16-alpine').start();
    onTestFinished(async () => void (await own.stop()));
    const ownPool = new pg.Pool({ connectionString: own.getConnectionUri() });
    onTestFinished(() => ownPool.end());
    await runMigrations(ownPool);
    const number = await createInvoice(ownPool, { customer: 'Ann', lines });

    await runMigrations(ownPool);
    expect(await totalOf(ownPool, number)).toBe(9450);
  }, 120_000);
});
