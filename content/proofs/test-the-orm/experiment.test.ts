import assert from 'node:assert/strict';
import type pg from 'pg';
import { expect, it } from 'vitest';
import { connect, versionOf } from '../database';
import { columns, note, row, verdictOf } from '../show';

type Customer = { id: number; name: string; region: string; left_at: Date | null };

const right = 'select * from customers where region = $1 and (left_at is null or left_at > now()) order by name, id';
const queries: Record<string, string> = {
  'none: the query is right': right,
  'those who left are not left out': 'select * from customers where region = $1 order by name, id',
  'those who leave next month are left out':
    'select * from customers where region = $1 and left_at is null order by name, id',
  'every region is found':
    'select * from customers where (left_at is null or left_at > now()) and $1 = $1 order by name, id',
  'a region is found by its first letters':
    "select * from customers where region like $1 || '%' and (left_at is null or left_at > now()) order by name, id",
  'the order is that of sign-up':
    'select * from customers where region = $1 and (left_at is null or left_at > now()) order by id',
};

/** Stands for an object-relational mapper; which one it is makes no difference to what the two suites look at. */
const mapperFor = (pool: pg.Pool) => ({
  async save({ name, region, left_at }: Omit<Customer, 'id'>): Promise<Customer> {
    const { rows } = await pool.query('insert into customers (name, region, left_at) values ($1, $2, $3) returning *', [
      name,
      region,
      left_at,
    ]);
    return rows[0];
  },
  async load(id: number): Promise<Customer | undefined> {
    return (await pool.query('select * from customers where id = $1', [id])).rows[0];
  },
  async remove(id: number): Promise<void> {
    await pool.query('delete from customers where id = $1', [id]);
  },
});
type Repository = ReturnType<typeof mapperFor> & { active(region: string): Promise<Customer[]> };

async function suiteOfTheMapper(customers: Repository): Promise<void> {
  const saved = await customers.save({ name: 'Ada', region: 'north', left_at: null });
  assert.deepEqual(await customers.load(saved.id), saved);
  const gone = await customers.save({ name: 'Bob', region: 'north', left_at: new Date('2020-01-01') });
  assert.deepEqual((await customers.load(gone.id))?.left_at, new Date('2020-01-01'));
  await customers.remove(saved.id);
  assert.equal(await customers.load(saved.id), undefined);
}

async function suiteOfTheQuery(customers: Repository): Promise<void> {
  const nextMonth = new Date(Date.now() + 30 * 24 * 3600 * 1000);
  for (const [name, region, left_at] of [
    ['Dan', 'south', null],
    ['Cleo', 'south', nextMonth],
    ['Eve', 'south', new Date('2020-01-01')],
    ['Finn', 'south-east', null],
    ['Gus', 'north', null],
    ['Abe', 'south', null],
  ] as const) {
    await customers.save({ name, region, left_at });
  }
  const found = await customers.active('south');
  assert.deepEqual(
    found.map(({ name }) => name),
    ['Abe', 'Cleo', 'Dan'],
  );
}

it('leaves the suite of the mapper green, whatever is wrong with the query', async () => {
  const pool = await connect();
  await pool.query(
    'create table customers (id integer primary key generated always as identity, name text not null, region text not null, left_at timestamptz)',
  );
  columns('Bug in the query', 'Suite that tests the mapper', 'Suite that tests the query');
  const verdicts: [string, string][] = [];
  for (const [bug, sql] of Object.entries(queries)) {
    const customers: Repository = {
      ...mapperFor(pool),
      active: async (region) => (await pool.query(sql, [region])).rows,
    };
    await pool.query('truncate customers');
    const mapper = await verdictOf(() => suiteOfTheMapper(customers));
    await pool.query('truncate customers');
    const query = await verdictOf(() => suiteOfTheQuery(customers));
    row(bug, mapper, query);
    verdicts.push([mapper, query.slice(0, 3)]);
  }
  note(`${await versionOf(pool)}. The mapper here is fifteen lines long; a real one is tested by those who make it.`);
  const [whole, ...bugs] = verdicts;
  expect(whole).toEqual(['green', 'gre']);
  expect(bugs).toEqual(bugs.map(() => ['green', 'red']));
}, 60_000);
