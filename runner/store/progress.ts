/** What learners' browsers remember of the course: kept by key, the newest change wins. */
import type { ProgressEntry } from '../protocol.ts';
import type { Queryable } from './transaction.ts';

/** Entries of one learner; beyond that the oldest go. The course has a few hundred things to remember. */
const most = 2_000;

export async function progressOf(db: Queryable, learnerId: string): Promise<ProgressEntry[]> {
  const { rows } = await db.query<{ key: string; value: string | null; changed_at: Date }>(
    'select key, value, changed_at from boundary.progress where learner_id = $1 order by key limit $2',
    [learnerId, most],
  );
  return rows.map(({ key, value, changed_at }) => ({ key, value, at: changed_at.toISOString() }));
}

/** Takes in what is newer than what is there. A browser whose clock is ahead counts as one that writes now. */
export async function mergeProgress(
  db: Queryable,
  learnerId: string,
  entries: readonly ProgressEntry[],
): Promise<void> {
  // The last of several for one key, so that no row is touched twice by one statement.
  const byKey = new Map(
    entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).map((entry) => [entry.key, entry]),
  );
  // In one order for everybody, so that two tabs that write at once wait for each other instead of locking up.
  const unique = [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
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
       select key from boundary.progress where learner_id = $1 order by changed_at desc, key offset $2)`,
    [learnerId, most],
  );
}

export async function forgetProgress(db: Queryable, learnerId: string): Promise<void> {
  await db.query('delete from boundary.progress where learner_id = $1', [learnerId]);
}
