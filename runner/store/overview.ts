/** How the store stands as a whole, for whoever keeps the runner. */
import type { Outcome } from '../protocol.ts';
import type { Queryable } from './transaction.ts';
import { leaseMs } from './workers.ts';

export type QueueState = {
  queued: number;
  /** For how long the run that waits longest has waited; 0 where none does. */
  oldestSeconds: number;
  running: number;
  /** Processes whose lease is fresh, and the runs that they can grade at once. */
  workers: number;
  hands: number;
};

export async function queueState(db: Queryable): Promise<QueueState> {
  const { rows } = await db.query<QueueState>(
    `select (select count(*)::int from boundary.runs where state = 'queued') as queued,
            (select coalesce(extract(epoch from clock_timestamp() - min(accepted_at)), 0)::float8
               from boundary.runs where state = 'queued') as "oldestSeconds",
            (select count(*)::int from boundary.runs where state = 'running') as running,
            count(*)::int as workers, coalesce(sum(capacity), 0)::int as hands
       from boundary.workers where seen_at between now() - make_interval(secs => $1) and now() + make_interval(secs => $1)`,
    [leaseMs / 1000],
  );
  return onlyRow(rows);
}

export type StoreSize = {
  /** What the database takes up on its disk, without PostgreSQL's log of changes. */
  bytes: number;
  /** How long ago the oldest run that is kept has ended; 0 where there is none. */
  oldestRunSeconds: number;
};

/** Looks at the sizes of files and at one end of an index: cheap at any size. */
export async function storeSize(db: Queryable): Promise<StoreSize> {
  const { rows } = await db.query<StoreSize>(
    `select pg_database_size(current_database())::float8 as bytes,
            coalesce(extract(epoch from clock_timestamp() - min(finished_at)), 0)::float8 as "oldestRunSeconds"
       from boundary.runs where state = 'finished'`,
  );
  return onlyRow(rows);
}

function onlyRow<T>([row]: readonly T[]): T {
  if (row === undefined) throw new Error('An aggregate without groups always has a row.');
  return row;
}

export type UnfinishedRun = { id: string; exercise: string; state: string; attempt: number; seconds: number };

/** Runs that are being graded or wait, those that came first at the top. */
export async function unfinishedRuns(db: Queryable, most: number): Promise<UnfinishedRun[]> {
  const { rows } = await db.query<UnfinishedRun>(
    `select id, exercise, state, attempt, extract(epoch from clock_timestamp() - accepted_at)::float8 as seconds
       from boundary.runs where state <> 'finished' order by state desc, priority, accepted_at, id limit $1`,
    [most],
  );
  return rows;
}

/** How the runs of the last hour ended. */
export async function outcomesOfLastHour(db: Queryable): Promise<{ outcome: Outcome; count: number }[]> {
  const { rows } = await db.query<{ outcome: Outcome; count: number }>(
    `select outcome, count(*)::int as count from boundary.runs
      where state = 'finished' and finished_at > now() - interval '1 hour' group by outcome order by count desc`,
  );
  return rows;
}
