import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { assertTestDatabase, emptyTables } from './empty-tables';
import { migrate } from './schema';
import { cancelOrder, openAccount, placeOrder } from './shop';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;

// #region hooks
beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await assertTestDatabase(pool);
  await migrate(pool);
}, 120_000);

beforeEach(() => emptyTables(pool, { keep: ['schema_migrations', 'plans'] }));
// #endregion hooks

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

async function count(table: string): Promise<number> {
  const { rows } = await pool.query(`select count(*)::int as n from ${table}`);
  return rows[0].n;
}

// #region proof
it('empties what tests have filled, and keeps what migrations have', async () => {
  const ada = await openAccount(pool, 'ada@example.com');
  await placeOrder(pool, ada, 1990);

  await emptyTables(pool, { keep: ['schema_migrations', 'plans'] });

  expect([await count('accounts'), await count('"order"')]).toEqual([0, 0]);
  expect([await count('schema_migrations'), await count('plans')]).toEqual([1, 2]);
});
// #endregion proof

it('leaves other schemas alone', async () => {
  await pool.query(
    'create schema billing; create table billing.invoices (id integer); insert into billing.invoices values (1)',
  );

  await emptyTables(pool, { keep: ['schema_migrations', 'plans'] });

  expect(await count('billing.invoices')).toBe(1);
});

// #region together
it('is refused for a table that another one refers to, unless both are named', async () => {
  await expect(pool.query('truncate accounts')).rejects.toMatchObject({ code: '0A000' });

  await pool.query('truncate accounts, "order"');
});
// #endregion together

// #region cascade
it('cascades into tables that nobody named', async () => {
  await pool.query(`
    create table staff (id integer primary key, name text);
    create table countries (code text primary key, edited_by integer references staff);
    insert into countries values ('AT', null), ('NZ', null)
  `);

  await pool.query('truncate staff cascade');

  expect(await count('countries')).toBe(0); // although no country had an editor
});
// #endregion cascade

// #region same-id
it('cancels an order', async () => {
  const ada = await openAccount(pool, 'ada@example.com'); // 1
  const order = await placeOrder(pool, ada, 1990); // 1

  await cancelOrder(pool, ada, order);

  expect(await count('"order"')).toBe(0);
});
// #endregion same-id

// #region leaked
it('says so, rather than hang, when somebody still holds a table', async () => {
  const leaked = await pool.connect();
  try {
    await leaked.query('begin');
    await leaked.query('select from accounts'); // reading is enough

    await expect(emptyTables(pool, { keep: [], patience: '50ms' })).rejects.toMatchObject({ code: '55P03' });
  } finally {
    leaked.release(true);
  }
});
// #endregion leaked

// #region guarded
it('refuses a database that is not for tests', async () => {
  const uri = new URL(container.getConnectionUri());
  uri.pathname = '/postgres';
  const wrong = new pg.Pool({ connectionString: uri.href });
  try {
    await expect(assertTestDatabase(wrong)).rejects.toThrow('“postgres” is no test database');
  } finally {
    await wrong.end();
  }
});
// #endregion guarded

// #region rolled-back
it('can be rolled back, like any other statement', async () => {
  await openAccount(pool, 'ada@example.com');
  const client = await pool.connect();
  try {
    await client.query('begin; truncate accounts, "order"; rollback');
  } finally {
    client.release();
  }

  expect(await count('accounts')).toBe(1);
});
// #endregion rolled-back
