import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openTestStore } from '../test/web/test-store.ts';
import { forgetProgress, mergeProgress } from './progress.ts';
import { inTransaction } from './transaction.ts';

let store: Awaited<ReturnType<typeof openTestStore>>;
let pool: pg.Pool;
beforeAll(async () => {
  store = await openTestStore();
  pool = store.pool;
});
afterAll(() => store[Symbol.asyncDispose]());

const entries = (of: string, count: number, value = 'x') =>
  Array.from({ length: count }, (_, index) => ({ key: `read:${of}-${index}`, value, at: '2026-01-01T00:00:00Z' }));
const merge = (learner: string, sent: ReturnType<typeof entries>) =>
  inTransaction(pool, (client) => mergeProgress(client, learner, sent));
const total = async (learner: string) => {
  const { rows } = await pool.query(
    'select count(*)::int as count, sum(octet_length(key) + octet_length(value))::int as bytes from boundary.progress where learner_id = $1',
    [learner],
  );
  return rows[0];
};

it('keeps to the bound also when two tabs of one learner write at once', async () => {
  const learner = randomUUID();
  let second = Promise.resolve();
  await inTransaction(pool, async (client) => {
    await mergeProgress(client, learner, entries('one', 1_500));
    let done = false;
    second = merge(learner, entries('other', 1_500)).finally(() => {
      done = true;
    });
    const waits = async () =>
      (await pool.query(`select from pg_locks where locktype = 'advisory' and not granted`)).rowCount === 1;
    await vi.waitUntil(async () => done || (await waits()), { timeout: 20_000 });
  });
  await second;
  expect((await total(learner)).count).toBe(2_000);
});

it('lets every tab through, whatever each of them writes over, takes back and has forgotten', async () => {
  const learner = randomUUID();
  const forget = () => inTransaction(pool, (client) => forgetProgress(client, learner));
  const backwards = entries('shared', 2_000).reverse();
  await Promise.all(
    ['a', 'b', 'c', 'd'].flatMap((tab) => [merge(learner, entries(tab, 1_500)), merge(learner, backwards), forget()]),
  );
  await forget();
  expect((await total(learner)).count).toBe(0);
});

it('keeps no more of one learner than the course could ever need', async () => {
  const learner = randomUUID();
  for (const part of ['a', 'b', 'c', 'd']) await merge(learner, entries(part, 100, 'x'.repeat(4_000)));
  const { bytes, count } = await total(learner);
  expect(bytes).toBeLessThanOrEqual(256 << 10);
  expect(count).toBe(65);
});
