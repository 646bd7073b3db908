import type pg from 'pg';
import { expect, vi } from 'vitest';

// #region collide
/**
 * Takes a lock, starts the calls, and waits until every one of them is stuck behind it in the database. Then lets go, and
 * tells how each call ended.
 */
export async function collide(pool: pg.Pool, lock: string, calls: (() => Promise<unknown>)[]) {
  const gate = await pool.connect();
  try {
    await gate.query('begin');
    await gate.query(lock);
    const ended = Promise.allSettled(calls.map((call) => call()));
    await vi.waitFor(async () => expect(await blocked(pool)).toBe(calls.length), { timeout: 10_000, interval: 10 });
    await gate.query('commit');
    return await ended;
  } finally {
    // Closes the connection, so that the lock is gone even if the calls never came as far.
    gate.release(true);
  }
}

async function blocked(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query(
    "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return rows[0].n;
}
// #endregion collide
