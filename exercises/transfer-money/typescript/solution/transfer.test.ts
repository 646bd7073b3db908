import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
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
    // A connection that was never given back would keep end() waiting for ever.
    await Promise.race([pool?.end(), delay(500)]);
    await container?.stop();
  });

  /** Opens an account of its own for a test, so that tests need not clean up after each other. */
  async function account(name: string, cents: number): Promise<string> {
    const id = `${name}-${randomUUID()}`;
    await pool.query('insert into accounts (id, balance_cents) values ($1, $2)', [id, cents]);
    return id;
  }

  async function balances(...ids: string[]): Promise<number[]> {
    const { rows } = await pool.query('select id, balance_cents::int as cents from accounts where id = any($1)', [ids]);
    return ids.map((id) => rows.find((row) => row.id === id)?.cents);
  }

  /** Lets transfers meet: holds a row until all of them wait for a lock, and only then lets them go on. */
  async function whileHeld(id: string, begin: (() => Promise<void>)[]): Promise<PromiseSettledResult<void>[]> {
    const holder = await pool.connect();
    await holder.query('begin');
    await holder.query('select from accounts where id = $1 for update', [id]);
    const ends: Promise<PromiseSettledResult<void>[]>[] = [];
    for (const [index, start] of begin.entries()) {
      // Settled at once: a transfer that rejects before anybody looks would be an unhandled rejection.
      ends.push(Promise.allSettled([start()]));
      await waiting(index + 1);
    }
    await holder.query('commit');
    holder.release();
    return (await Promise.all(ends)).flat();
  }

  async function waiting(count: number): Promise<void> {
    for (;;) {
      const { rows } = await pool.query(
        "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      if (rows[0].n >= count) return;
      await delay(5);
    }
  }

  it('moves the money from one account to the other', async () => {
    const [ann, bob] = [await account('ann', 100), await account('bob', 5)];
    await transfer(pool, { from: ann, to: bob, cents: 30 });
    expect(await balances(ann, bob)).toEqual([70, 35]);
  });

  it('can move all there is, and not a cent more', async () => {
    const [ann, bob] = [await account('ann', 100), await account('bob', 0)];
    await expect(transfer(pool, { from: ann, to: bob, cents: 101 })).rejects.toMatchObject({
      code: 'insufficient-funds',
    });
    expect(await balances(ann, bob)).toEqual([100, 0]);
    await transfer(pool, { from: ann, to: bob, cents: 100 });
    expect(await balances(ann, bob)).toEqual([0, 100]);
  });

  it('takes nothing from the sender when the receiver does not exist', async () => {
    const ann = await account('ann', 100);
    const nobody = randomUUID();
    await expect(transfer(pool, { from: ann, to: nobody, cents: 30 })).rejects.toMatchObject({
      code: 'unknown-account',
    });
    await expect(transfer(pool, { from: nobody, to: ann, cents: 30 })).rejects.toMatchObject({
      code: 'unknown-account',
    });
    expect(await balances(ann)).toEqual([100]);
  });

  it.each([0, -50, 0.5, Number.NaN])('refuses %d as an amount', async (cents) => {
    const [ann, bob] = [await account('ann', 100), await account('bob', 100)];
    await expect(transfer(pool, { from: ann, to: bob, cents })).rejects.toMatchObject({ code: 'invalid-amount' });
    expect(await balances(ann, bob)).toEqual([100, 100]);
  });

  it('changes nothing from an account to itself', async () => {
    const ann = await account('ann', 100);
    await transfer(pool, { from: ann, to: ann, cents: 30 });
    expect(await balances(ann)).toEqual([100]);
  });

  it('loses none of two transfers that meet at one sender', async () => {
    const [ann, bob, cay] = [await account('ann', 100), await account('bob', 0), await account('cay', 0)];
    await whileHeld(ann, [
      () => transfer(pool, { from: ann, to: bob, cents: 30 }),
      () => transfer(pool, { from: ann, to: cay, cents: 30 }),
    ]);
    expect(await balances(ann, bob, cay)).toEqual([40, 30, 30]);
  });

  it('lets two transfers that meet spend the same money once', async () => {
    const [ann, bob, cay] = [await account('ann', 100), await account('bob', 0), await account('cay', 0)];
    const ends = await whileHeld(ann, [
      () => transfer(pool, { from: ann, to: bob, cents: 80 }),
      () => transfer(pool, { from: ann, to: cay, cents: 80 }),
    ]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await balances(ann, bob, cay)).toSorted((one, other) => one - other)).toEqual([0, 20, 80]);
  });

  it('lets two transfers cross', async () => {
    const [ann, bob] = [await account('ann', 100), await account('bob', 100)];
    const ends = await whileHeld(ann, [
      () => transfer(pool, { from: ann, to: bob, cents: 30 }),
      () => transfer(pool, { from: bob, to: ann, cents: 10 }),
    ]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await balances(ann, bob)).toEqual([80, 120]);
  });

  it('gives its connection back when it rejects', async () => {
    const [ann, bob] = [await account('ann', 100), await account('bob', 0)];
    const narrow = new pg.Pool({
      connectionString: container.getConnectionUri(),
      max: 1,
      connectionTimeoutMillis: 1000,
    });
    await expect(transfer(narrow, { from: ann, to: bob, cents: 500 })).rejects.toThrow();
    await expect(transfer(narrow, { from: ann, to: bob, cents: 30 })).resolves.toBeUndefined();
    // Only now: a connection that was never given back would keep end() waiting.
    await narrow.end();
  });
});
