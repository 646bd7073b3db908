/** Leases: which processes grade, and which runs lost theirs. */
import type pg from 'pg';
import { enqueue, unlockJobs, unregisteredPools } from './queue.ts';
import { inTransaction, type Queryable } from './transaction.ts';

/** A process that was not seen for this long has lost its lease. */
export const leaseMs = 15_000;
/** How often a process refreshes its lease and looks for lost ones: a loss is mended within the sum, 19 s. */
export const heartbeatMs = 4_000;
/** A pool registers right after it starts to fetch; one that has not by then never will. */
const registrationGraceSeconds = 10;

/** A grading process. `space`, `pid` and `started` are those of process-identity.ts. */
export type Worker = { id: string; pool: string; capacity: number; space: string; pid: number; started: string };

/** Registers a process, or refreshes its lease; an expired lease that nobody acted upon is simply taken up again. */
export async function keepLease(db: Queryable, worker: Worker): Promise<void> {
  await db.query(
    `insert into boundary.workers (id, pool, capacity, space, pid, pid_started)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do update set seen_at = now(), pool = excluded.pool`,
    [worker.id, worker.pool, worker.capacity, worker.space, worker.pid, worker.started],
  );
}

export async function giveUpLease(db: Queryable, workerId: string): Promise<void> {
  await db.query('delete from boundary.workers where id = $1', [workerId]);
}

export async function listWorkers(db: Queryable): Promise<Worker[]> {
  const { rows } = await db.query<Worker>(
    'select id, pool, capacity, space, pid, pid_started as started from boundary.workers',
  );
  return rows;
}

/** Ids of the runs that a worker has taken up and that are still its own. */
export async function runsHeldBy(db: Queryable, workerId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from boundary.runs where worker_id = $1 and state = 'running'`,
    [workerId],
  );
  return rows.map(({ id }) => id);
}

export type LostRun = { id: string; attempt: number; losses: number };

/**
 * Takes the leases that expired, and those in `gone`, whose processes are known to be dead, and frees their share of
 * the queue. For each run that lost its worker, `settle` decides within the same transaction what becomes of it; it
 * may put it back with {@link requeue}. Returns the runs.
 */
export async function recoverLost(
  pool: pg.Pool,
  gone: readonly string[],
  settle: (client: Queryable, run: LostRun) => Promise<void>,
): Promise<LostRun[]> {
  return inTransaction(pool, async (client) => {
    // Skipping locked rows lets any number of processes look at once: each loss is handled by one of them.
    const { rows: lost } = await client.query<{ id: string; pool: string }>(
      `select id, pool from boundary.workers
        -- A lease from the future is of before the clock was set back: who still lives has refreshed it by its next beat.
        where seen_at not between now() - make_interval(secs => $1) and now() + make_interval(secs => $1)
           or id = any($2::uuid[])
        for update skip locked`,
      [leaseMs / 1000, gone],
    );
    const { rows: runs } = await client.query<LostRun>(
      `update boundary.runs set losses = losses + 1
        where state = 'running' and (worker_id = any($1::uuid[]) or worker_id is null)
        returning id, attempt, losses`,
      [lost.map(({ id }) => id)],
    );
    await client.query('delete from boundary.workers where id = any($1::uuid[])', [lost.map(({ id }) => id)]);
    const strangers = await unregisteredPools(client, registrationGraceSeconds);
    await unlockJobs(client, [...lost.map((worker) => worker.pool), ...strangers]);
    for (const run of runs) await settle(client, run);
    return runs;
  });
}

/** Puts a run that lost its worker back on the queue. */
export async function requeue(db: Queryable, runId: string): Promise<void> {
  await db.query(`update boundary.runs set state = 'queued', worker_id = null, position = null where id = $1`, [runId]);
  await enqueue(db, runId);
}
