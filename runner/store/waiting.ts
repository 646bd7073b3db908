/** The queue as its readers see it: how many wait, in which place, for how long. */
import { eventsChannel } from './events.ts';
import type { Queryable } from './transaction.ts';

/** Held until the end of the transaction by whoever changes who waits where, so that places are told in order. */
const queueLockKey = 4_321_002;

export async function lockQueue(db: Queryable): Promise<void> {
  await db.query('select pg_advisory_xact_lock($1)', [queueLockKey]);
}

/** Runs that wait in all, and those of this share and of this address that are not finished. */
export async function countUnfinished(
  db: Queryable,
  share: string,
  address: string | undefined,
): Promise<{ queued: number; ofShare: number; ofAddress: number }> {
  const { rows } = await db.query<{ queued: number; ofShare: number; ofAddress: number }>(
    `select (select count(*)::int from boundary.runs where state = 'queued') as queued,
            (select count(*)::int from boundary.runs where state <> 'finished' and share = $1) as "ofShare",
            (select count(*)::int from boundary.runs where state <> 'finished' and address = $2) as "ofAddress"`,
    [share, address ?? null],
  );
  return rows[0] ?? { queued: 0, ofShare: 0, ofAddress: 0 };
}

/** How many of the latest runs an estimate rests on. */
const recentRuns = 20;

/** ms that a run takes here, from the latest ones; `undefined` while there are none. */
export async function typicalRunMs(db: Queryable): Promise<number | undefined> {
  const { rows } = await db.query<{ ms: number | null }>(
    `select percentile_cont(0.5) within group (order by extract(epoch from finished_at - started_at)) * 1000 as ms
       from (select started_at, finished_at from boundary.runs
              where state = 'finished' and started_at is not null
              order by finished_at desc limit $1) as latest`,
    [recentRuns],
  );
  return rows[0]?.ms ?? undefined;
}

/**
 * Tells every waiting run whose place changed where it now stands, with an estimate where one can be made. The caller
 * holds the lock of {@link lockQueue}, in a transaction.
 */
export async function tellPositions(db: Queryable): Promise<void> {
  const typical = await typicalRunMs(db);
  await db.query(
    `with ranked as (
       select id, (row_number() over (order by priority, accepted_at, id) - 1)::int as position
         from boundary.runs where state = 'queued'
     ), hands as (
       select greatest(coalesce(sum(capacity), 1), 1)::int as total,
              (select count(*)::int from boundary.runs where state = 'running') as busy
         from boundary.workers
     ), moved as (
       update boundary.runs set position = ranked.position, last_seq = last_seq + 1
         from ranked
        where runs.id = ranked.id and runs.state = 'queued' and runs.position is distinct from ranked.position
        returning runs.id, runs.last_seq, runs.position
     ), told as (
       insert into boundary.events (run_id, seq, body)
       select moved.id, moved.last_seq, jsonb_strip_nulls(jsonb_build_object(
                'type', 'queued', 'position', moved.position,
                -- Rounds of work that must end before this one starts, each as long as a typical run.
                'estimateMs', round(greatest(0, ceil((moved.position + 1 + hands.busy - hands.total)::numeric
                                / hands.total)) * $1::numeric)))
         from moved, hands
     )
     select pg_notify('${eventsChannel}', id::text) from moved`,
    [typical ?? null],
  );
}
