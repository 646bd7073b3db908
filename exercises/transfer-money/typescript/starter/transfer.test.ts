import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMigrations } from './migrations';
import { transfer } from './transfer';

describe('transfer', () => {
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

  async function open(id: string, cents: number): Promise<void> {
    await pool.query('insert into accounts (id, balance_cents) values ($1, $2)', [id, cents]);
  }

  async function balance(id: string): Promise<number> {
    const { rows } = await pool.query('select balance_cents::int as cents from accounts where id = $1', [id]);
    return rows[0]?.cents;
  }

  it('moves the money', async () => {
    await open('ann', 100);
    await open('bob', 0);

    await transfer(pool, { from: 'ann', to: 'bob', cents: 30 });

    expect([await balance('ann'), await balance('bob')]).toEqual([70, 30]);
  });

  // The path where all goes well is green. Who pays when it does not, and when two transfers meet?
});
