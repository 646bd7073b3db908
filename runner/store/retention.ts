/** Forgets what is older than whoever keeps the runner wants it kept, and the oldest of what is more. */
import type { Queryable } from './transaction.ts';

/** Rows that one statement deletes or weighs, so that none holds locks for long. */
const batch = 500;
/** Learners that are looked up at once: that reads all progress there is, and so is not done for each batch. */
const listed = 100 * batch;
/** What PostgreSQL adds to the body of an event: the rest of the row, and its place in the index. */
const eventBytes = 100;

/** Days, where 0 keeps for ever; and bytes as PostgreSQL stores them, compressed. */
export type Retention = {
  keepRunsDays: number;
  keepRunsBytes: number;
  keepProgressDays: number;
  keepProgressBytes: number;
};

/**
 * Deletes runs that ended before their time, with their events, and the progress of learners of whom nothing was heard for
 * theirs; then the oldest of each for as long as they take up more than they may. Several runners may do so at once. Once
 * `signal` aborts it ends after the statement that runs then; what is left is for the next time.
 *
 * @returns how many runs, and how many learners' progress
 */
export async function forgetOld(
  db: Queryable,
  { keepProgressBytes, keepProgressDays, keepRunsBytes, keepRunsDays }: Retention,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ runs: number; learners: number }> {
  await untilFewer(batch, signal, () => changed(db, weighing, [batch]));
  const runsUpTo = await latestBeyond(db, signal, weighedRuns, keepRunsDays, keepRunsBytes);
  const runs =
    runsUpTo === null ? 0 : await untilFewer(batch, signal, () => changed(db, forgettingRuns, [batch, runsUpTo]));
  // Of a learner all or nothing: one who still comes keeps what was passed long ago.
  const learnersUpTo = await latestBeyond(db, signal, weighedLearners, keepProgressDays, keepProgressBytes);
  const learners =
    learnersUpTo === null ? 0 : await untilFewer(listed, signal, () => forgetLearners(db, learnersUpTo, signal));
  return { runs, learners };
}

async function forgetLearners(db: Queryable, upTo: string, signal: AbortSignal): Promise<number> {
  const { rows } = await db.query<{ id: string }>(longestAway, [listed, upTo]);
  let forgotten = 0;
  for (let from = 0; from < rows.length && !signal.aborted; from += batch) {
    const ids = rows.slice(from, from + batch).map(({ id }) => id);
    forgotten += await changed(db, forgettingLearners, [ids, upTo]);
  }
  return forgotten;
}

const weighing = `
  update boundary.runs set bytes = pg_column_size(files) + coalesce(pg_column_size(verdict), 0) + (
    select coalesce(sum(pg_column_size(body) + ${eventBytes}), 0) from boundary.events where run_id = runs.id)
   where id in (
     select id from boundary.runs where state = 'finished' and bytes is null
      order by id limit $1 for update skip locked)`;

const weighedRuns = `select finished_at as at, bytes from boundary.runs where state = 'finished'`;

const forgettingRuns = `
  delete from boundary.runs where id in (
    select id from boundary.runs where state = 'finished' and finished_at <= $2
     order by finished_at limit $1 for update skip locked)`;

const weighedLearners = `
  select max(changed_at) as at, sum(pg_column_size(key) + coalesce(pg_column_size(value), 0) + ${eventBytes}) as bytes
    from boundary.progress group by learner_id`;

const longestAway = `
  select learner_id as id from boundary.progress group by learner_id
  having max(changed_at) <= $2 order by max(changed_at) limit $1`;

// Whoever has come back since they were looked up keeps all. The ids stand in both places, so that neither reads the rest.
const forgettingLearners = `
  with forgotten as (
    delete from boundary.progress where learner_id = any($1::uuid[]) and learner_id not in (
      select learner_id from boundary.progress where learner_id = any($1::uuid[]) and changed_at > $2)
    returning learner_id)
  select distinct learner_id from forgotten`;

/** The time up to which things are to go: of their age, or because what is newer fills the room. Null keeps all. */
async function latestBeyond(
  db: Queryable,
  signal: AbortSignal,
  weighed: string,
  days: number,
  bytes: number,
): Promise<string | null> {
  if (signal.aborted) return null;
  const { rows } = await db.query<{ latest: string | null }>(
    // As text: a Date of JavaScript would round down to the millisecond.
    `select greatest(
       case when $1::int > 0 then now() - make_interval(days => $1::int) end,
       (select max(at) from (select at, sum(bytes) over (order by at desc) as up_to_here from (${weighed}) as weighed)
         as counted where up_to_here > $2::bigint))::text as latest`,
    [days, bytes],
  );
  return rows[0]?.latest ?? null;
}

async function changed(db: Queryable, statement: string, values: readonly unknown[]): Promise<number> {
  const { rowCount } = await db.query(statement, [...values]);
  return rowCount ?? 0;
}

/** Does `work` until it has done less than `most` at once, or is to stop; returns how much all together. */
async function untilFewer(most: number, signal: AbortSignal, work: () => Promise<number>): Promise<number> {
  let total = 0;
  while (!signal.aborted) {
    const done = await work();
    total += done;
    if (done < most) break;
  }
  return total;
}
