import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from './schema';
import { swapSeats } from './swap-seats';

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

// #region committed
it('gives each of two people the seat of the other', async () => {
  await pool.query("insert into bookings (name, seat) values ('Ada', 1), ('Ben', 2)");

  const tx = await pool.connect();
  try {
    await tx.query('begin');
    await swapSeats(tx, 'Ada', 'Ben');
    // error: duplicate key value violates unique constraint "one_seat_each"
    await tx.query('commit');
  } finally {
    tx.release(true);
  }

  const { rows } = await pool.query('select name, seat from bookings order by name');
  expect(rows).toEqual([
    { name: 'Ada', seat: 2 },
    { name: 'Ben', seat: 1 },
  ]);
});
// #endregion committed
