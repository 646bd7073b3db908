import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collide } from './collide';
import type { Isolation } from './in-transaction';
import { LastOwner, leaveTeam } from './leave-team';
import { migrate } from './schema';
import { transfer, transferAsItComes } from './transfer';
import { NotEnoughMoney, withdraw, withdrawLocked, withdrawLossy } from './withdraw';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await migrate(pool);
}, 120_000);

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

async function openAccount(balance: number): Promise<number> {
  const { rows } = await pool.query('insert into accounts (balance) values ($1) returning id', [balance]);
  return rows[0].id;
}

async function balanceOf(account: number, through: pg.Pool | pg.PoolClient = pool): Promise<number> {
  const { rows } = await through.query('select balance from accounts where id = $1', [account]);
  return rows[0].balance;
}

// #region in-turn
it('refuses what the account does not hold', async () => {
  const account = await openAccount(100);

  await withdrawLossy(pool, account, 80);

  await expect(withdrawLossy(pool, account, 80)).rejects.toThrow(NotEnoughMoney);
  expect(await balanceOf(account)).toBe(20);
});
// #endregion in-turn

// #region by-hand
/** Two transactions read, then both write, and the first commits before the second writes. */
async function readReadWriteWrite(isolation: Isolation, account: number): Promise<string> {
  const first = await pool.connect();
  const second = await pool.connect();
  try {
    await first.query(`begin isolation level ${isolation}`);
    await second.query(`begin isolation level ${isolation}`);
    const seenByFirst = await balanceOf(account, first);
    const seenBySecond = await balanceOf(account, second);

    await first.query('update accounts set balance = $1 where id = $2', [seenByFirst - 80, account]);
    await first.query('commit');
    await second.query('update accounts set balance = $1 where id = $2', [seenBySecond - 80, account]);
    await second.query('commit');
    return 'both committed';
  } catch (error) {
    return (error as pg.DatabaseError).code ?? 'no SQLSTATE';
  } finally {
    first.release(true);
    second.release(true);
  }
}

it.each([
  ['read committed', 'both committed'],
  ['repeatable read', '40001'],
  ['serializable', '40001'],
] as const)('%s: %s', async (isolation, outcome) => {
  const account = await openAccount(100);

  expect(await readReadWriteWrite(isolation, account)).toBe(outcome);
  expect(await balanceOf(account)).toBe(20);
});
// #endregion by-hand

// #region mended
describe.each([
  { name: 'a row lock', take: withdrawLocked },
  { name: 'one statement', take: withdraw },
])('a withdrawal with $name', ({ take }) => {
  it('pays out once when two meet', async () => {
    const account = await openAccount(100);

    const ended = await collide(pool, `select from accounts where id = ${account} for update`, [
      () => take(pool, account, 80),
      () => take(pool, account, 80),
    ]);

    expect(ended).toHaveLength(2);
    expect(ended).toContainEqual({ status: 'fulfilled', value: undefined });
    expect(ended).toContainEqual({ status: 'rejected', reason: expect.any(NotEnoughMoney) });
    expect(await balanceOf(account)).toBe(20);
  }, 30_000);
});
// #endregion mended

// #region skew
describe('two owners leave a team at the same moment', () => {
  async function bothLeave(team: string, isolation: Isolation) {
    await pool.query("insert into members values ($1, 'Ada', 'owner'), ($1, 'Ben', 'owner')", [team]);
    const ended = await collide(pool, `select from members where team = '${team}' for update`, [
      () => leaveTeam(pool, team, 'Ada', isolation),
      () => leaveTeam(pool, team, 'Ben', isolation),
    ]);
    const { rows } = await pool.query('select name from members where team = $1', [team]);
    return { ended, left: rows.length };
  }

  it('repeatable read lets both go, and nobody owns the team', async () => {
    expect(await bothLeave('orphaned', 'repeatable read')).toMatchObject({
      ended: [{ status: 'fulfilled' }, { status: 'fulfilled' }],
      left: 0,
    });
  }, 30_000);

  it('serializable lets one go, and tells the other why not', async () => {
    const { ended, left } = await bothLeave('kept', 'serializable');

    expect(ended).toContainEqual({ status: 'fulfilled', value: undefined });
    expect(ended).toContainEqual({ status: 'rejected', reason: expect.any(LastOwner) });
    expect(left).toBe(1);
  }, 30_000);
});
// #endregion skew

// #region deadlock
describe('two transfers in opposite directions', () => {
  async function crossing(move: typeof transfer) {
    const [a, b] = [await openAccount(100), await openAccount(100)];
    const ended = await collide(pool, 'lock table transfers in share mode', [
      () => move(pool, { from: a, to: b, amount: 10 }),
      () => move(pool, { from: b, to: a, amount: 10 }),
    ]);
    return { ended, balances: [await balanceOf(a), await balanceOf(b)] };
  }

  it('end in a deadlock when each locks its own account first', async () => {
    const { ended } = await crossing(transferAsItComes);

    expect(ended).toContainEqual({ status: 'fulfilled', value: undefined });
    expect(ended).toContainEqual({ status: 'rejected', reason: expect.objectContaining({ code: '40P01' }) });
  }, 30_000);

  it('both succeed when they lock in the order of the ids', async () => {
    const { ended, balances } = await crossing(transfer);

    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(balances).toEqual([100, 100]);
  }, 30_000);
});
// #endregion deadlock
