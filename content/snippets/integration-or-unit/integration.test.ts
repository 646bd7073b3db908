import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Customers, FakeCustomerStore, MendedCustomerStore } from './customers';
import { billNewcomers } from './prorate';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await pool.query(`
    create table customers (
      id            integer primary key,
      plan          text,
      monthly_cents integer not null default 3000,
      joined        timestamptz not null default '2026-06-01'
    );
    create table bills (customer integer not null references customers, cents integer not null)
  `);
}, 120_000);

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

// #region contract
const everybody = [
  { id: 1, plan: 'team' },
  { id: 2, plan: 'trial' },
  { id: 3, plan: null },
];
const stores: [string, () => Promise<Customers>][] = [
  ['the fake', async () => new FakeCustomerStore(everybody)],
  [
    'PostgreSQL',
    async () => {
      for (const { id, plan } of everybody) {
        await pool.query('insert into customers (id, plan) values ($1, $2)', [id, plan]);
      }
      return new MendedCustomerStore(pool);
    },
  ],
];

describe.each(stores)('%s', (_, open) => {
  it('bills everybody but trials', async () => {
    expect(await (await open()).billable()).toEqual([everybody[0], everybody[2]]);
  });
});
// #endregion contract

// #region one-case
it('bills a newcomer for what is left of the month', async () => {
  await pool.query("insert into customers (id, joined) values (10, '2026-09-16')");

  await billNewcomers(pool, new Date('2026-09-20'));

  const { rows } = await pool.query('select cents from bills where customer = 10');
  expect(rows).toEqual([{ cents: 1_500 }]);
});
// #endregion one-case
