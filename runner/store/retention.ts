/** Forgets what is older than whoever keeps the runner wants it kept. */
import type { Queryable } from './transaction.ts';

/** Rows that one statement deletes, so that none holds locks for long. */
const batch = 500;

/** Days; 0 keeps for ever. */
export type Retention = { keepRunsDays: number; keepProgressDays: number };

/**
 * Deletes runs that ended before their time, with their events, and the progress of learners of whom nothing was heard for
 * theirs. Several runners may do so at once.
 *
 * @returns how many runs, and how many learners' progress
 */
export async function forgetOld(
  db: Queryable,
  { keepProgressDays, keepRunsDays }: Retention,
): Promise<{ runs: number; learners: number }> {
  const runs =
    keepRunsDays === 0
      ? 0
      : await inBatches(
          db,
          `delete from boundary.runs where id in (
             select id from boundary.runs
              where state = 'finished' and finished_at < now() - make_interval(days => $1)
              order by finished_at limit $2 for update skip locked)`,
          keepRunsDays,
        );
  if (keepProgressDays === 0) return { runs, learners: 0 };
  // Of a learner all or nothing: one who still comes keeps what was passed long ago.
  const { rows } = await db.query<{ learner_id: string }>(
    `with forgotten as (
       delete from boundary.progress where learner_id in (
         select learner_id from boundary.progress group by learner_id
         having max(changed_at) < now() - make_interval(days => $1))
       returning learner_id)
     select distinct learner_id from forgotten`,
    [keepProgressDays],
  );
  return { runs, learners: rows.length };
}

async function inBatches(db: Queryable, statement: string, days: number): Promise<number> {
  let total = 0;
  for (;;) {
    const { rowCount } = await db.query(statement, [days, batch]);
    total += rowCount ?? 0;
    if ((rowCount ?? 0) < batch) return total;
  }
}
