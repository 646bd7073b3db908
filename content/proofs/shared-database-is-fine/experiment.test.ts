import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { expect, it } from 'vitest';
import { connect, versionOf } from '../database';
import { columns, note, row, verdictOf } from '../show';

const rounds = 10;

/** A suite as people write it: tidy up, bring rows in, look at them. */
async function suite(pool: pg.Pool, name: string): Promise<void> {
  await pool.query('delete from users');
  await pool.query("insert into users (email) values ('ada@example.com')");
  // A real suite has more to do here, and two of them never run in step.
  await pause(5 + Math.random() * 10);
  await pool.query('insert into users (email) values ($1)', [`${name}@example.com`]);
  const { rows } = await pool.query('select from users');
  if (rows.length !== 2) throw new Error(`expected 2 users, found ${rows.length}`);
}

async function prepared(name: string): Promise<pg.Pool> {
  const pool = await connect(name);
  await pool.query('create table users (email text unique)');
  return pool;
}

it('fails on one database, and never on two', async () => {
  const shared = await prepared('shared');
  const [first, second] = [await prepared('first'), await prepared('second')];
  columns('Round', 'One database: suite A', 'One database: suite B', 'A database each: A', 'A database each: B');
  const failures = { shared: 0, own: 0 };
  const ways = new Set<string>();
  for (let round = 1; round <= rounds; round++) {
    const [a, b] = await Promise.all([verdictOf(() => suite(shared, 'a')), verdictOf(() => suite(shared, 'b'))]);
    const [c, d] = await Promise.all([verdictOf(() => suite(first, 'a')), verdictOf(() => suite(second, 'b'))]);
    row(round, a, b, c, d);
    failures.shared += [a, b].filter((verdict) => verdict !== 'green').length;
    failures.own += [c, d].filter((verdict) => verdict !== 'green').length;
    ways.add(`${a} / ${b}`);
  }
  note(
    `${await versionOf(shared)}: ${failures.shared} of ${2 * rounds} runs failed on the shared database, in ${ways.size} different ways; ${failures.own} of ${2 * rounds} on separate ones.`,
  );
  expect(failures.shared).toBeGreaterThan(0);
  expect(failures.own).toBe(0);
}, 60_000);
