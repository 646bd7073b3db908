import { setTimeout as delay } from 'node:timers/promises';
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMigrations } from './migrations';
import { Shop } from './orders';

describe('orders', () => {
  let container: StartedPostgreSqlContainer;
  let pool: pg.Pool;
  let shop: Shop;

  beforeAll(async () => {
    container = await new PostgreSqlContainer('postgres:16-alpine').start();
    pool = new pg.Pool({ connectionString: container.getConnectionUri() });
    await runMigrations(pool);
    shop = new Shop(pool);
  }, 120_000);

  afterAll(async () => {
    await shop?.close();
    await pool?.end();
    await container?.stop();
  });

  it('takes an order and confirms it', async () => {
    expect(await shop.statusOf('A-1')).toBeNull();
    await shop.place({ number: 'A-1', customer: 'Ann', cents: 1500 });

    await delay(500);
    expect(await shop.statusOf('A-1')).toBe('confirmed');
  });

  it('refuses a number that is taken, and changes nothing', async () => {
    const again = shop.place({ number: 'A-1', customer: 'Ben', cents: 99 });

    await expect(again).rejects.toMatchObject({ code: '23505' });
    expect(await shop.spentBy('Ann')).toBe(1500);
    expect(await shop.spentBy('Ben')).toBe(0);
  });

  it('adds up what a customer has spent, and nobody else', async () => {
    await shop.place({ number: 'A-2', customer: 'Ann', cents: 500 });
    await shop.place({ number: 'B-1', customer: 'Ben', cents: 70 });

    expect(await shop.spentBy('Ann')).toBe(2000);
  });

  it('does not count what was cancelled', async () => {
    expect(await shop.cancel('A-2')).toBe(true);

    expect(await shop.spentBy('Ann')).toBe(1500);
    expect(await shop.cancel('A-2')).toBe(false);
  });

  it('does not confirm what was cancelled before', async () => {
    await shop.place({ number: 'A-3', customer: 'Ann', cents: 800 });
    await shop.cancel('A-3');

    await delay(500);
    expect(await shop.statusOf('A-3')).toBe('cancelled');
  });
});
