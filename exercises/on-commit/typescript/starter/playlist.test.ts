import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runMigrations } from './migrations';
import { addTrack, moveTrack, tracksOf } from './playlist';

describe('a playlist', () => {
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

  beforeEach(async () => {
    await pool.query('truncate tracks');
  });

  it('keeps tracks in the order in which they were added', async () => {
    for (const title of ['one', 'two']) await addTrack(pool, 'road', title);

    expect(await tracksOf(pool, 'road')).toEqual(['one', 'two']);
  });

  // Nothing here has moved, clashed or been heard of yet.
  void moveTrack;
});
