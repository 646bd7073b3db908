import assert from 'node:assert/strict';
import { expect, it } from 'vitest';
import { connect, startMs, versionOf } from '../database';
import { columns, note, row, verdictOf } from '../show';

type Query = (sql: string, values: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;
type Case = { bug: string; mock: Record<string, unknown>[]; test: (query: Query) => Promise<void> };

const cases: Case[] = [
  {
    bug: 'Wrong SQL: a column that was renamed',
    mock: [{ id: 1, name: 'Ada' }],
    async test(query) {
      const { rows } = await query(
        'insert into users (email, full_name) values ($1, $2) returning id, full_name as name',
        ['ada@example.com', 'Ada'],
      );
      assert.equal(rows[0]?.name, 'Ada');
    },
  },
  {
    bug: 'Migration: the column is in the code and not in the schema',
    mock: [{ id: 1 }],
    async test(query) {
      const { rows } = await query('update users set last_seen = now() where id = $1 returning id', [1]);
      assert.equal(rows.length, 1);
    },
  },
  {
    bug: 'Mapping: a sum of money is taken for a number',
    mock: [{ total: 9.5 }],
    async test(query) {
      const { rows } = await query('select sum(price) as total from orders where user_id = $1', [1]);
      assert.equal((rows[0]?.total as number) + 1, 10.5);
    },
  },
  {
    bug: 'Constraint: an order for a user who does not exist',
    mock: [{ id: 7 }],
    async test(query) {
      const { rows } = await query('insert into orders (user_id, price) values ($1, $2) returning id', [999, '1.00']);
      assert.equal(rows.length, 1);
    },
  },
];

it('is green with a mock, red with the database', async () => {
  const pool = await connect();
  await pool.query(`
    create table users (id integer primary key generated always as identity, email text not null unique, name text not null);
    create table orders (id integer primary key generated always as identity, user_id integer not null references users (id), price numeric(10, 2) not null);
    insert into users (email, name) values ('grace@example.com', 'Grace');
    insert into orders (user_id, price) values (1, 4.50), (1, 5.00);
  `);
  columns('Bug', 'Unit test with a mock', `Integration test, ${await versionOf(pool)}`);
  const spent = { mocked: 0, real: 0 };
  for (const { bug, mock, test } of cases) {
    const began = performance.now();
    const mocked = await verdictOf(() => test(async () => ({ rows: mock })));
    const between = performance.now();
    const real = await verdictOf(() => test((sql, values) => pool.query(sql, values)));
    spent.mocked += between - began;
    spent.real += performance.now() - between;
    row(bug, mocked, real);
    expect(mocked).toBe('green');
    expect(real).toMatch(/^red/);
  }
  note(
    `The server took ${Math.round(startMs)} ms to start, once. The four integration tests took ${spent.real.toFixed(1)} ms together, the four unit tests ${spent.mocked.toFixed(1)} ms.`,
  );
}, 60_000);
