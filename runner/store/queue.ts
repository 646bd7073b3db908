/** What the store asks of the job library, by its SQL interface so that a run and its job share a transaction. */
import { z } from 'zod';
import type { Queryable } from './transaction.ts';

export const gradeTask = 'grade';
export const gradePayloadSchema = z.object({ run: z.uuid(), share: z.string() });
export type GradePayload = z.infer<typeof gradePayloadSchema>;

/** The mark by which a worker leaves a share's jobs to others. */
export function shareFlag(share: string): string {
  return `share:${share}`;
}

/**
 * Puts a stored run on the queue, or puts it back. It waits by its priority and, among equals, by when it was accepted,
 * so that a run that comes back keeps its place.
 */
export async function enqueue(db: Queryable, runId: string): Promise<void> {
  await db.query(
    `select graphile_worker.add_job(
              $2, json_build_object('run', id, 'share', share),
              job_key => id::text, priority => priority, run_at => accepted_at, flags => array['share:' || share])
       from boundary.runs where id = $1`,
    [runId, gradeTask],
  );
}

/** Takes a run off the queue, if it still waits there. */
export async function dequeue(db: Queryable, runId: string): Promise<void> {
  await db.query('select graphile_worker.remove_job($1)', [runId]);
}

/** Frees the jobs that these pools hold. Only for pools whose process has lost its lease. */
export async function unlockJobs(db: Queryable, pools: readonly string[]): Promise<void> {
  await db.query('select graphile_worker.force_unlock_workers($1::text[])', [pools]);
}

/** Pools that hold a job for more than `seconds` although no worker is registered under their name. */
export async function unregisteredPools(db: Queryable, seconds: number): Promise<string[]> {
  const { rows } = await db.query<{ pool: string }>(
    `select distinct locked_by as pool from graphile_worker.jobs
      where locked_at < now() - make_interval(secs => $1)
        and locked_by not in (select pool from boundary.workers)`,
    [seconds],
  );
  return rows.map(({ pool }) => pool);
}
