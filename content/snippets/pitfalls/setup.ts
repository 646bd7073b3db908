import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { migrate } from './schema';

/** A migrated PostgreSQL for the file, and empty tables before each test. */
export function startShop(): { pool: pg.Pool } {
  let container: StartedPostgreSqlContainer;
  const shop = {} as { pool: pg.Pool };
  beforeAll(async () => {
    container = await new PostgreSqlContainer('postgres:16-alpine').start();
    shop.pool = new pg.Pool({ connectionString: container.getConnectionUri() });
    await migrate(shop.pool);
  }, 120_000);
  beforeEach(async () => {
    await shop.pool.query('truncate customers, orders');
  });
  afterAll(async () => {
    await shop.pool?.end();
    await container?.stop();
  });
  return shop;
}
