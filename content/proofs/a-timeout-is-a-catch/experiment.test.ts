import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { connect, versionOf } from '../database';
import { columns, note, row, verdictOf } from '../show';

const limitMs = 300;

it('is the same for a bug and for a slow day', async () => {
  const pool = await connect();
  await pool.query('create table orders (id integer primary key)');
  const store = (id: number) => pool.query('insert into orders values ($1)', [id]);
  const stored = async (id: number) => (await pool.query('select from orders where id = $1', [id])).rows.length;

  /** Each takes an order and gives back a promise that settles when its background work is done. */
  const programs: Record<string, (id: number) => Promise<unknown>> = {
    right: store,
    'never stores the order': async () => pause(1),
    'right, and slow today': async (id) => {
      await pause(5 * limitMs);
      await store(id);
    },
  };

  columns('Program', `Test that waits ${limitMs} ms`, 'Test that waits for the work, then looks');
  const verdicts: [string, string][] = [];
  let id = 0;
  for (const [name, take] of Object.entries(programs)) {
    const order = ++id;
    const done = take(order);
    const waiting = await verdictOf(async () => {
      for (const until = Date.now() + limitMs; Date.now() < until; await pause(5)) {
        if (await stored(order)) return;
      }
      throw new Error(`timed out after ${limitMs} ms`);
    });
    await done;
    const looking = await verdictOf(async () => {
      const found = await stored(order);
      assert.equal(found, 1, `expected 1 order, found ${found}`);
    });
    row(name, waiting, looking);
    verdicts.push([waiting.slice(0, 3), looking.slice(0, 3)]);
  }
  note(
    `${await versionOf(pool)}. “Timed out” stands beside a bug and beside a program without one. “Expected 1 order, found 0” stands beside the bug only.`,
  );
  expect(verdicts.slice(1)).toEqual([
    ['red', 'red'],
    ['red', 'gre'],
  ]);
  expect(verdicts[0]?.[1]).toBe('gre');
}, 60_000);
