import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestStore } from '../test/web/test-store.ts';
import { forgetOld, type Retention } from './retention.ts';

let store: Awaited<ReturnType<typeof openTestStore>>;
let pool: pg.Pool;
beforeAll(async () => {
  store = await openTestStore();
  pool = store.pool;
});
beforeEach(() => pool.query('truncate boundary.runs, boundary.events, boundary.progress'));
afterAll(() => store[Symbol.asyncDispose]());

const forEver: Retention = {
  keepRunsDays: 0,
  keepRunsBytes: Number.MAX_SAFE_INTEGER,
  keepProgressDays: 0,
  keepProgressBytes: Number.MAX_SAFE_INTEGER,
};

/** Runs by name: how many, in which state, of which age, and how much each of them printed. */
async function addRuns(...runs: { name: string; count: number; state: string; age: string; printed?: number }[]) {
  for (const { age, count, name, printed = 0, state } of runs) {
    await pool.query(
      `insert into boundary.runs (id, learner_id, key_hash, share, exercise, language, files, priority, state, outcome, accepted_at, finished_at)
       select gen_random_uuid(), gen_random_uuid(), '', 'x', $1, 'typescript', '{}', 0, $2,
              case when $2 = 'finished' then 'passed' end, now() - $3::interval,
              case when $2 = 'finished' then now() - $3::interval - step * interval '1 s' end
         from generate_series(1, $4::int) as step`,
      [name, state, age, count],
    );
    // Text that does not get smaller by compression.
    await pool.query(
      `insert into boundary.events (run_id, seq, body)
       select id, 1, jsonb_build_object('text', (select coalesce(string_agg(md5(id::text || piece), ''), '') from generate_series(1, $2::int / 32) as piece))
         from boundary.runs where exercise = $1`,
      [name, printed],
    );
  }
}

async function runsLeft() {
  const { rows } = await pool.query(
    `select exercise, count(*)::int as runs, count(body)::int as events
       from boundary.runs left join boundary.events on run_id = id group by exercise order by exercise`,
  );
  return rows;
}

const addProgress = (learner: string, age: string, values: readonly string[]) =>
  pool.query(
    `insert into boundary.progress (learner_id, key, value, changed_at)
     select $1, 'read:' || place, value, now() - $2::interval from unnest($3::text[]) with ordinality as sent (value, place)`,
    [learner, age, values],
  );

async function learnersLeft(): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>('select distinct learner_id as id from boundary.progress');
  return rows.map(({ id }) => id);
}

it('forgets what ended, or was last touched, longer ago than is wanted, and nothing else', async () => {
  await addRuns(
    { name: 'old', count: 501, state: 'finished', age: '31 days' },
    { name: 'young', count: 501, state: 'finished', age: '29 days' },
    { name: 'waiting', count: 501, state: 'queued', age: '90 days' },
  );
  const [left, here] = [randomUUID(), randomUUID()];
  await addProgress(left, '41 days', ['x', 'y']);
  await addProgress(here, '0 days', ['x']);
  await pool.query(
    `insert into boundary.progress (learner_id, key, changed_at) values ($1, 'read:old', now() - interval '300 days')`,
    [here],
  );
  const month = { ...forEver, keepRunsDays: 30, keepProgressDays: 40 };

  expect(await forgetOld(pool, forEver)).toEqual({ runs: 0, learners: 0 });
  expect(await forgetOld(pool, month)).toEqual({ runs: 501, learners: 1 });
  expect(await forgetOld(pool, month)).toEqual({ runs: 0, learners: 0 });
  expect(await runsLeft()).toEqual([
    { exercise: 'waiting', runs: 501, events: 501 },
    { exercise: 'young', runs: 501, events: 501 },
  ]);
  expect(await learnersLeft()).toEqual([here]);
});

it('forgets the oldest runs where all together are too much, whatever their age', async () => {
  await addRuns(
    { name: 'first', count: 10, state: 'finished', age: '2 hours', printed: 64_000 },
    { name: 'later', count: 10, state: 'finished', age: '1 hour', printed: 64_000 },
    { name: 'waiting', count: 1, state: 'queued', age: '3 hours', printed: 64_000 },
  );
  const room = { ...forEver, keepRunsBytes: 15.5 * 66_000 };
  expect(await forgetOld(pool, room)).toEqual({ runs: 5, learners: 0 });
  expect(await forgetOld(pool, room)).toEqual({ runs: 0, learners: 0 });
  expect(await runsLeft()).toEqual([
    { exercise: 'first', runs: 5, events: 5 },
    { exercise: 'later', runs: 10, events: 10 },
    { exercise: 'waiting', runs: 1, events: 1 },
  ]);
});

it('forgets the learners who were away longest where the progress of all is too much', async () => {
  const [away, here] = [randomUUID(), randomUUID()];
  await addProgress(away, '2 days', ['x'.repeat(1_000)]);
  await addProgress(here, '1 day', ['x'.repeat(1_000), 'y'.repeat(1_000)]);
  const room = { ...forEver, keepProgressBytes: 2_800 };
  expect(await forgetOld(pool, room)).toEqual({ runs: 0, learners: 1 });
  expect(await forgetOld(pool, room)).toEqual({ runs: 0, learners: 0 });
  expect(await learnersLeft()).toEqual([here]);
});

/** The store, where something else happens just before each statement that begins so. */
function storeBefore(beginning: string, happens: () => unknown): pg.Pool {
  const query = async (text: string, values: unknown[]) => {
    if (text.trimStart().startsWith(beginning)) await happens();
    return pool.query(text, values);
  };
  return { query } as unknown as pg.Pool;
}

it('ends after the statement that runs when it is to stop', async () => {
  await addRuns({ name: 'old', count: 1_201, state: 'finished', age: '31 days' });
  await addProgress(randomUUID(), '41 days', ['x']);
  const stop = new AbortController();
  const db = storeBefore('delete from boundary.runs', () => stop.abort());
  const month = { ...forEver, keepRunsDays: 30, keepProgressDays: 40 };
  expect(await forgetOld(db, month, stop.signal)).toEqual({ runs: 500, learners: 0 });
  expect(await forgetOld(pool, month)).toEqual({ runs: 701, learners: 1 });
});

it('forgets many learners at once, and none who has come back since they were looked up', async () => {
  await pool.query(
    `insert into boundary.progress (learner_id, key, changed_at)
     select gen_random_uuid(), 'read:x', now() - interval '41 days' - learner * interval '1 s'
       from generate_series(1, 1201) as learner`,
  );
  const here = randomUUID();
  await addProgress(here, '50 days', ['x']);
  const comesBack = `insert into boundary.progress (learner_id, key, changed_at) values ($1, 'read:y', now()) on conflict do nothing`;
  const db = storeBefore('with forgotten as', () => pool.query(comesBack, [here]));
  expect(await forgetOld(db, { ...forEver, keepProgressDays: 40 })).toMatchObject({ learners: 1_201 });
  expect(await learnersLeft()).toEqual([here]);
});
