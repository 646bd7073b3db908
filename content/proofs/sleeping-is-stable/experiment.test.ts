import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { expect, it } from 'vitest';
import { connect, versionOf } from '../database';
import { columns, note, row } from '../show';

const rounds = 10;
const sleepMs = 50;

it('is green on a quick day only', async () => {
  const pool = await connect();
  await pool.query('create table messages (id integer primary key)');
  columns('The worker takes', `Test that sleeps ${sleepMs} ms`, 'Test that waits for the row');
  const failures: { slept: number; waited: number }[] = [];
  let id = 0;
  for (const workMs of [5, 120]) {
    const failed = { slept: 0, waited: 0 };
    const spent = { slept: 0, waited: 0 };
    for (let round = 0; round < rounds; round++) {
      for (const way of ['slept', 'waited'] as const) {
        const message = ++id;
        const began = performance.now();
        // The worker: somebody else’s process, which takes as long as it takes.
        const work = pool.query('insert into messages select $1 from pg_sleep($2)', [message, workMs / 1000]);
        const there = way === 'slept' ? await sleepAndLook(pool, message) : await waitFor(pool, message);
        spent[way] += performance.now() - began;
        if (!there) failed[way]++;
        await work;
      }
    }
    const told = (way: 'slept' | 'waited') =>
      `${rounds - failed[way]} of ${rounds} green, ${Math.round(spent[way] / rounds)} ms each`;
    row(`${workMs} ms`, told('slept'), told('waited'));
    failures.push(failed);
  }
  note(
    `${await versionOf(pool)}. Nothing about the code or the tests changed between the two rows, only how busy the worker is.`,
  );
  expect(failures[1]?.slept).toBeGreaterThan(0);
  expect(failures.map(({ waited }) => waited)).toEqual([0, 0]);
}, 60_000);

async function sleepAndLook(pool: pg.Pool, id: number): Promise<boolean> {
  await pause(sleepMs);
  return isThere(pool, id);
}

async function waitFor(pool: pg.Pool, id: number): Promise<boolean> {
  for (const until = Date.now() + 2_000; Date.now() < until; await pause(5)) {
    if (await isThere(pool, id)) return true;
  }
  return false;
}

async function isThere(pool: pg.Pool, id: number): Promise<boolean> {
  return (await pool.query('select from messages where id = $1', [id])).rows.length === 1;
}
