import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { migrate } from './schema';

/** Starts a migrated PostgreSQL for the file, and stops it after. Dates come as the text that was stored. */
export function startShop(): { pool: pg.Pool } {
  let container: StartedPostgreSqlContainer;
  const shop = {} as { pool: pg.Pool };
  beforeAll(async () => {
    container = await new PostgreSqlContainer('postgres:16-alpine').start();
    shop.pool = new pg.Pool({ connectionString: container.getConnectionUri() });
    pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
    await migrate(shop.pool);
  }, 120_000);
  afterAll(async () => {
    await shop.pool?.end();
    await container?.stop();
  });
  return shop;
}
