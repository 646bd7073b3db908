/** A run's row: stored, found, taken up, given back, ended. */
import { createHash } from 'node:crypto';
import type { EventBody, Language, Outcome, Run, RunState, Submission, Verdict } from '../protocol.ts';
import { eventsChannel } from './events.ts';
import type { Queryable } from './transaction.ts';

/** Who asks: the learner that the cookie names, the key that the request carries, both or neither. */
export type Requester = { learnerId?: string | undefined; key?: string | undefined };

export type NewRun = {
  id: string;
  learnerId: string;
  key: string;
  share: string;
  /** A keyed hash of where it came from; undefined for the machine itself. */
  address?: string | undefined;
  priority: number;
  submission: Submission;
};

export type ClaimedRun = {
  id: string;
  attempt: number;
  share: string;
  exercise: string;
  language: Language;
  files: Record<string, string>;
  only: string | null;
  acceptedAt: Date;
  startedAt: Date;
  cancelRequested: boolean;
};

export async function insertRun(db: Queryable, run: NewRun): Promise<void> {
  const { exercise, language, files, only } = run.submission;
  await db.query(
    `insert into boundary.runs (id, learner_id, key_hash, share, priority, exercise, language, files, only_test, address)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      run.id,
      run.learnerId,
      keyHash(run.key),
      run.share,
      run.priority,
      exercise,
      language,
      files,
      only ?? null,
      run.address ?? null,
    ],
  );
}

/** The run, if it exists and belongs to the requester. */
export async function findRun(db: Queryable, id: string, requester: Requester): Promise<Run | undefined> {
  const { rows } = await db.query<{
    id: string;
    exercise: string;
    language: Language;
    state: RunState;
    outcome: Outcome | null;
    verdict: Verdict | null;
  }>(
    `select id, exercise, language, state, outcome, verdict from boundary.runs
      where id = $1 and (learner_id = $2 or key_hash = $3)`,
    [id, requester.learnerId ?? null, requester.key === undefined ? null : keyHash(requester.key)],
  );
  const [row] = rows;
  return row && { ...row, timings: row.verdict?.timings ?? null };
}

export async function isFinished(db: Queryable, id: string): Promise<boolean> {
  const { rows } = await db.query<{ state: RunState }>('select state from boundary.runs where id = $1', [id]);
  return rows[0]?.state === 'finished';
}

/** Whether the learner asked for the run to end. */
export async function isCancelRequested(db: Queryable, id: string): Promise<boolean> {
  const { rows } = await db.query<{ wanted: boolean }>(
    'select cancel_requested as wanted from boundary.runs where id = $1',
    [id],
  );
  return rows[0]?.wanted === true;
}

/**
 * Takes a queued run up for a worker, under the next attempt. `undefined` where there is nothing to take: it was
 * cancelled, ended, or another worker has it.
 */
export async function claimRun(db: Queryable, id: string, workerId: string): Promise<ClaimedRun | undefined> {
  const { rows } = await db.query<ClaimedRun>(
    `update boundary.runs
        set state = 'running', worker_id = $2, attempt = attempt + 1, started_at = clock_timestamp(), position = null
      where id = $1 and (state = 'queued' or (state = 'running' and worker_id = $2))
      returning id, attempt, share, exercise, language, files, only_test as only, accepted_at as "acceptedAt",
                started_at as "startedAt", cancel_requested as "cancelRequested"`,
    [id, workerId],
  );
  return rows[0];
}

/** Puts a run back where it was before its worker took it up. Returns whether the attempt still held it. */
export async function releaseRun(db: Queryable, id: string, attempt: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `update boundary.runs set state = 'queued', worker_id = null
      where id = $1 and attempt = $2 and state = 'running'`,
    [id, attempt],
  );
  return rowCount === 1;
}

export type Ending = {
  /** The state and attempt that the caller believes the run to be in; any other and nothing happens. */
  from: { state: 'queued' } | { state: 'running'; attempt: number };
  outcome: Outcome;
  verdict?: Verdict;
  /** The last events, `finished` among them. */
  events: readonly EventBody[];
};

/** Ends a run with its last events, all or nothing. Returns whether it was this call that ended it. */
export async function finishRun(db: Queryable, id: string, ending: Ending): Promise<boolean> {
  const { from, outcome, verdict, events } = ending;
  const { rowCount } = await db.query(
    `with ended as (
       update boundary.runs
          set state = 'finished', outcome = $4, verdict = $5, finished_at = clock_timestamp(), position = null,
              worker_id = null, last_seq = last_seq + $6
        where id = $1 and state = $2 and ($3::int is null or attempt = $3)
        returning id, last_seq - $6 as before
     ), appended as (
       insert into boundary.events (run_id, seq, body)
       select ended.id, ended.before + item.place, item.body
         from ended, jsonb_array_elements($7::jsonb) with ordinality as item(body, place)
     )
     select pg_notify('${eventsChannel}', id::text) from ended`,
    [
      id,
      from.state,
      from.state === 'running' ? from.attempt : null,
      outcome,
      verdict === undefined ? null : JSON.stringify(verdict),
      events.length,
      JSON.stringify(events),
    ],
  );
  return rowCount === 1;
}

/** PostgreSQL's channel on which a run's id is announced when its learner cancels it. */
export const cancelChannel = 'boundary_cancel';

/** Notes that the learner wants the run to end, and tells the worker that has it. */
export async function requestCancel(db: Queryable, id: string): Promise<void> {
  await db.query(
    `with marked as (
       update boundary.runs set cancel_requested = true where id = $1 and state <> 'finished' returning id
     ) select pg_notify('${cancelChannel}', id::text) from marked`,
    [id],
  );
}

/** What the store keeps of a run’s key. */
export function keyHash(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
