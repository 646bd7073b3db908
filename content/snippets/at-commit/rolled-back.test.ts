import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { migrate } from './schema';
import { exchangeSeats, swapSeats } from './swap-seats';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;
let tx: pg.PoolClient;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await migrate(pool);
}, 120_000);

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

// #region rolled-back
beforeEach(async () => {
  tx = await pool.connect();
  await tx.query('begin');
});

afterEach(async () => {
  await tx.query('rollback');
  tx.release();
});

it('gives one person the seat of the other', async () => {
  await tx.query("insert into bookings (name, seat) values ('Ada', 1), ('Ben', 2)");

  await swapSeats(tx, 'Ada', 'Ben');

  const { rows } = await tx.query("select seat from bookings where name = 'Ada'");
  expect(rows).toEqual([{ seat: 2 }]);
});
// #endregion rolled-back

// #region immediate
it('asks deferred constraints before it rolls back', async () => {
  await tx.query("insert into bookings (name, seat) values ('Ada', 1), ('Ben', 2)");

  await swapSeats(tx, 'Ada', 'Ben');

  await expect(tx.query('set constraints all immediate')).rejects.toMatchObject({ code: '23505' });
});
// #endregion immediate

it('accepts the mended exchange', async () => {
  await tx.query("insert into bookings (name, seat) values ('Ada', 1), ('Ben', 2)");

  await exchangeSeats(tx, 'Ada', 'Ben');

  await tx.query('set constraints all immediate');
  const { rows } = await tx.query('select name, seat from bookings order by name');
  expect(rows).toEqual([
    { name: 'Ada', seat: 2 },
    { name: 'Ben', seat: 1 },
  ]);
});

// #region frozen
it('stops the clock of the database', async () => {
  const first = await tx.query('select now(), clock_timestamp() as real');
  const later = await tx.query('select now(), clock_timestamp() as real');

  expect(later.rows[0].now).toEqual(first.rows[0].now);
  expect(later.rows[0].real >= first.rows[0].real).toBe(true);
});
// #endregion frozen

// #region refused
it('cannot run what PostgreSQL refuses inside a transaction', async () => {
  await expect(tx.query('create index concurrently on bookings (name)')).rejects.toMatchObject({ code: '25001' });
});
// #endregion refused
