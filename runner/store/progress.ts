/** What learners' browsers remember of the course: kept by key, the newest change wins. */
import type { ProgressEntry } from '../protocol.ts';
import type { Queryable } from './transaction.ts';

/** Entries of one learner; beyond that the oldest go. The course has a few hundred things to remember. */
const most = 2_000;
/** Bytes of all of them: several times what the whole course has to remember. */
const mostBytes = 256 << 10;

export async function progressOf(db: Queryable, learnerId: string): Promise<ProgressEntry[]> {
  const { rows } = await db.query<{ key: string; value: string | null; changed_at: Date }>(
    'select key, value, changed_at from boundary.progress where learner_id = $1 order by key limit $2',
    [learnerId, most],
  );
  return rows.map(({ key, value, changed_at }) => ({ key, value, at: changed_at.toISOString() }));
}

/** To be called in a transaction. Takes in what is newer than what is there. A browser whose clock is ahead counts as one that writes now. */
export async function mergeProgress(
  db: Queryable,
  learnerId: string,
  entries: readonly ProgressEntry[],
): Promise<void> {
  // The last of several for one key, so that no row is touched twice by one statement.
  const byKey = new Map(
    entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).map((entry) => [entry.key, entry]),
  );
  const unique = [...byKey.values()];
  await waitForOthers(db, learnerId);
  await db.query(
    `insert into boundary.progress (learner_id, key, value, changed_at)
     select $1, key, value, least(changed_at, now())
       from unnest($2::text[], $3::text[], $4::timestamptz[]) as sent (key, value, changed_at)
     on conflict (learner_id, key) do update set value = excluded.value, changed_at = excluded.changed_at
       where progress.changed_at < excluded.changed_at`,
    [learnerId, unique.map(({ key }) => key), unique.map(({ value }) => value), unique.map(({ at }) => at)],
  );
  await db.query(
    `delete from boundary.progress where learner_id = $1 and key in (
       select key from (
         select key, row_number() over newest as place,
                sum(octet_length(key) + coalesce(octet_length(value), 0)) over newest as bytes
           from boundary.progress where learner_id = $1 window newest as (order by changed_at desc, key)
       ) as counted where place > $2 or bytes > $3)`,
    [learnerId, most, mostBytes],
  );
}

/** To be called in a transaction. */
export async function forgetProgress(db: Queryable, learnerId: string): Promise<void> {
  await waitForOthers(db, learnerId);
  await db.query('delete from boundary.progress where learner_id = $1', [learnerId]);
}

/** One change of a learner's progress at a time: of two at once, each would keep up to the bound, or wait for the other's rows. */
async function waitForOthers(db: Queryable, learnerId: string): Promise<void> {
  await db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`boundary progress ${learnerId}`]);
}
