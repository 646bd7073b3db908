import { randomUUID } from 'node:crypto';
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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

  /** A name that no other test has, whichever of them are running. */
  function unique(name: string): string {
    return `${name}-${randomUUID()}`;
  }

  it('takes an order and confirms it', async () => {
    const number = unique('order');
    expect(await shop.statusOf(number)).toBeNull();
    await shop.place({ number, customer: unique('Ann'), cents: 1500 });

    await vi.waitFor(async () => expect(await shop.statusOf(number)).toBe('confirmed'), {
      timeout: 4000,
      interval: 20,
    });
  });

  it('refuses a number that is taken, and changes nothing', async () => {
    const [number, ann, ben] = [unique('order'), unique('Ann'), unique('Ben')];
    await shop.place({ number, customer: ann, cents: 1500 });

    const again = shop.place({ number, customer: ben, cents: 99 });
    await expect(again).rejects.toMatchObject({ code: '23505' });
    expect(await shop.spentBy(ann)).toBe(1500);
    expect(await shop.spentBy(ben)).toBe(0);
  });

  it('adds up what a customer has spent, and nobody else', async () => {
    const [ann, ben] = [unique('Ann'), unique('Ben')];
    await shop.place({ number: unique('order'), customer: ann, cents: 1500 });
    await shop.place({ number: unique('order'), customer: ann, cents: 500 });
    await shop.place({ number: unique('order'), customer: ben, cents: 70 });

    expect(await shop.spentBy(ann)).toBe(2000);
  });

  it('does not count what was cancelled', async () => {
    const [number, ann] = [unique('order'), unique('Ann')];
    await shop.place({ number: unique('order'), customer: ann, cents: 1500 });
    await shop.place({ number, customer: ann, cents: 500 });

    expect(await shop.cancel(number)).toBe(true);
    expect(await shop.spentBy(ann)).toBe(1500);
    expect(await shop.cancel(number)).toBe(false);
  });

  it('does not confirm what was cancelled before', async () => {
    const [number, later, ann] = [unique('order'), unique('order'), unique('Ann')];
    const own = new Shop(pool);
    await own.place({ number, customer: ann, cents: 800 });
    await own.cancel(number);
    await own.place({ number: later, customer: ann, cents: 900 });

    // The worker of this shop has been round, for the second order at the latest: whatever it does to the first is done.
    await own.close();
    expect(await own.statusOf(later)).toBe('confirmed');
    expect(await own.statusOf(number)).toBe('cancelled');
  });
});
