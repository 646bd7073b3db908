import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runMigrations } from './migrations';
import { addWish, mostWanted, removeWish, wishesOf } from './wishes';

describe('wish lists', () => {
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
    await pool.query('truncate wishes');
  });

  it('keeps wishes in the order in which they were added', async () => {
    for (const thing of ['tent', 'bicycle', 'lamp']) await addWish(pool, 'Ann', thing);

    expect(await wishesOf(pool, 'Ann')).toEqual(['tent', 'bicycle', 'lamp']);
  });

  it('has a wish once, at its first place', async () => {
    for (const thing of ['tent', 'lamp', 'tent']) await addWish(pool, 'Ann', thing);

    expect(await wishesOf(pool, 'Ann')).toEqual(['tent', 'lamp']);
  });

  it('keeps lists apart', async () => {
    await addWish(pool, 'Ann', 'tent');
    await addWish(pool, 'Ben', 'tent');
    await addWish(pool, 'Ben', 'lamp');

    expect(await removeWish(pool, 'Ann', 'tent')).toBe(true);
    expect(await wishesOf(pool, 'Ann')).toEqual([]);
    expect(await wishesOf(pool, 'Ben')).toEqual(['tent', 'lamp']);
  });

  it('says so when there is nothing to remove', async () => {
    expect(await removeWish(pool, 'Ann', 'tent')).toBe(false);
  });

  it('wants nothing most when nobody wishes for anything', async () => {
    expect(await mostWanted(pool)).toBeNull();
  });

  it('knows what most people want, and decides a draw by the alphabet', async () => {
    await addWish(pool, 'Ann', 'tent');
    await addWish(pool, 'Ben', 'tent');
    await addWish(pool, 'Ann', 'lamp');
    expect(await mostWanted(pool)).toBe('tent');

    await addWish(pool, 'Cem', 'lamp');
    expect(await mostWanted(pool)).toBe('lamp');
  });
});
