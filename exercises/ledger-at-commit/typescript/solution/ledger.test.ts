import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { balances, post } from './ledger';
import { runMigrations } from './migrations';

describe('the ledger', () => {
  let container: StartedPostgreSqlContainer;
  let pool: pg.Pool;
  let listener: pg.Client;
  const heard: string[] = [];
  /** Accounts of their own for each test: committed lines stay, and need not be cleaned up. */
  let cash: string;
  let sales: string;

  beforeAll(async () => {
    container = await new PostgreSqlContainer('postgres:16-alpine').start();
    pool = new pg.Pool({ connectionString: container.getConnectionUri() });
    await runMigrations(pool);
    listener = new pg.Client({ connectionString: container.getConnectionUri() });
    await listener.connect();
    listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await listener.query('listen posted');
  }, 120_000);

  afterAll(async () => {
    await listener?.end();
    // A connection that was never given back would keep end() waiting for ever.
    await Promise.race([pool?.end(), delay(500)]);
    await container?.stop();
  });

  beforeEach(() => {
    cash = `cash-${randomUUID()}`;
    sales = `sales-${randomUUID()}`;
  });

  const sale = (cents: number, given = cents) => [
    { account: cash, cents },
    { account: sales, cents: -given },
  ];

  /** Writes lines of one new entry, a statement each, and commits. */
  async function byHand(cents: number[]): Promise<number> {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const { rows } = await client.query('insert into entries default values returning id');
      for (const one of cents) {
        await client.query('insert into lines (entry, account, cents) values ($1, $2, $3)', [rows[0].id, cash, one]);
      }
      await client.query('commit');
      return rows[0].id;
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  }

  /** Posts an entry and waits until it is heard: what was told earlier has been heard by then as well. */
  async function postAndHear(): Promise<number> {
    const id = await post(pool, sale(500));
    await vi.waitFor(() => expect(heard).toContain(String(id)), { timeout: 3000, interval: 10 });
    return id;
  }

  it('commits the entry with all its lines', async () => {
    const id = await post(pool, sale(500));
    // The listener’s connection is not one that post can have used.
    const { rows } = await listener.query('select account, cents from lines where entry = $1', [id]);
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(expect.arrayContaining(sale(500)));
  });

  it('refuses an entry that does not add up, and keeps nothing of it', async () => {
    const count = async () => (await pool.query('select count(*)::int as n from entries')).rows[0].n;
    const before = await count();
    await expect(post(pool, sale(500, 499))).rejects.toThrow();
    expect(await count()).toBe(before);
    const { rows } = await pool.query('select from lines where account = $1', [cash]);
    expect(rows).toHaveLength(0);
  });

  it('has the tables refuse, at commit, lines that nobody checked', async () => {
    await expect(byHand([500, -499])).rejects.toThrow();
  });

  it('lets the lines of an entry come one after another', async () => {
    await expect(byHand([500, -300, -200])).resolves.toEqual(expect.any(Number));
  });

  it.each([
    'update lines set cents = cents + 1 where entry = $1 and cents > 0',
    'delete from lines where entry = $1 and cents > 0',
  ])('refuses what takes an entry out of balance later: %s', async (statement) => {
    const id = await post(pool, sale(500));
    await expect(pool.query(statement, [id])).rejects.toThrow();
  });

  it('has its balances up to date as soon as post resolves', async () => {
    await post(pool, sale(500));
    expect(await balances(pool)).toMatchObject({ [cash]: 500, [sales]: -500 });
    await post(pool, sale(250));
    expect(await balances(pool)).toMatchObject({ [cash]: 750, [sales]: -750 });
  });

  it('tells of an entry that was committed, and of none that was refused', async () => {
    const before = String(await postAndHear());
    await expect(post(pool, sale(500, 499))).rejects.toThrow();
    const after = String(await postAndHear());
    expect(heard.slice(heard.indexOf(before))).toEqual([before, after]);
  });

  it('gives its connection back when it rejects', async () => {
    const narrow = new pg.Pool({
      connectionString: container.getConnectionUri(),
      max: 1,
      connectionTimeoutMillis: 1000,
    });
    await expect(post(narrow, sale(500, 499))).rejects.toThrow();
    await expect(post(narrow, sale(500))).resolves.toEqual(expect.any(Number));
    await narrow.end();
  });
});
