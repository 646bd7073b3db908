import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { balances, post } from './ledger';
import { runMigrations } from './migrations';

describe('the ledger', () => {
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

  it('books a sale', async () => {
    await post(pool, [
      { account: 'cash', cents: 500 },
      { account: 'sales', cents: -500 },
    ]);

    expect(await balances(pool)).toMatchObject({ cash: 500 });
  });

  // A rule that is looked at when a transaction commits: which test of yours has to commit to see it?
});
