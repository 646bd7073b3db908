/** Takes runs from the queue and grades them, several at once, under a lease that others can see expire. */
import { randomUUID } from 'node:crypto';
import { ownIdentity, processSpace } from '../store/process-identity.ts';
import { type GradePayload, gradePayloadSchema, gradeTask, shareFlag } from '../store/queue.ts';
import { queueLogger } from '../store/queue-logger.ts';
import { isCancelRequested } from '../store/runs.ts';
import { settledWithin } from '../store/settled-within.ts';
import type { Signals } from '../store/signals.ts';
import { giveUpLease, heartbeatMs, keepLease, runsHeldBy, type Worker } from '../store/workers.ts';
import { type AbortReason, type Execution, executeRun } from './execute.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { Positions } from './positions.ts';
import { keepQueue, storeAnswers } from './queue-keeper.ts';
import { findGoneWorkers, recoverRuns } from './recovery.ts';

export type WorkerOptions = Omit<Execution, 'workerId' | 'onClaimed'> & {
  /** Runs graded at once. */
  capacity: number;
  exclusive: boolean;
  signals: Signals;
  positions: Positions;
  /** How long runs may go on after the worker was told to stop; then they are given back to the queue. */
  drainMs: number;
};

/** A stop has this long, after runs were told to end, until their processes must be gone. */
const abortDeadlineMs = 10_000;
/** Jobs are announced, so polling is only for what no announcement reaches: a job that a lost worker held. */
const pollMs = 1_000;

/** Starts to take runs. Disposing stops taking them, lets the current ones end or gives them back, and leaves. */
export async function startWorker(options: WorkerOptions): Promise<AsyncDisposable> {
  const { capacity, log, pool, positions } = options;
  const id = randomUUID();
  const active = new Map<string, { share: string; abort: AbortController; claimed: boolean }>();
  const execution: Execution = { ...options, workerId: id, onClaimed };
  function onClaimed(runId: string): void {
    const run = active.get(runId);
    if (run !== undefined) run.claimed = true;
    positions.changed();
  }

  await recoverRuns(pool, log, await findGoneWorkers(pool, options.exclusive));

  // Registered before the queue starts, for a run may be taken up at once; the pool has its name only after that.
  const worker: Worker = { id, pool: `${id} starting`, capacity, space: processSpace(), ...ownIdentity() };
  await keepLease(pool, worker);
  const stopping = new AbortController();

  async function grade(payload: GradePayload): Promise<void> {
    const abort = new AbortController();
    active.set(payload.run, { share: payload.share, abort, claimed: false });
    // Two workers that looked for a run at the same moment may both have found one of the same learner.
    if (stopping.signal.aborted || holdsTooMuch(payload.share)) abort.abort('given-back' satisfies AbortReason);
    try {
      await executeRun(payload.run, execution, abort);
    } catch (error) {
      // The store is away. Its job goes back to the queue, which is in the same store.
      log.warn({ err: error, run: payload.run }, 'A run could not be stored, and is done again.');
      await storeAnswers(pool, stopping.signal);
      throw error;
    } finally {
      active.delete(payload.run);
      positions.changed();
    }
  }

  function holdsTooMuch(share: string): boolean {
    const held = [...active.values()].filter((run) => run.share === share && !run.abort.signal.aborted);
    return held.length > shareLimit(capacity);
  }

  const queue = await keepQueue({
    pool,
    log,
    onPool: (name) => {
      worker.pool = name;
    },
    concurrency: capacity,
    pollInterval: pollMs,
    noHandleSignals: true,
    parsedCronItems: [],
    logger: queueLogger(log),
    taskList: { [gradeTask]: (payload) => grade(gradePayloadSchema.parse(payload)) },
    // One learner never holds every worker: the last free one is for somebody else.
    forbiddenFlags: () =>
      sharesAtLimit(
        [...active.values()].map(({ share }) => share),
        capacity,
      ).map(shareFlag),
  });
  await keepLease(pool, worker);
  positions.changed();

  const cancels = options.signals.onCancel((runId) => {
    for (const [activeId, { abort }] of active) {
      if (activeId === runId) abort.abort('cancelled' satisfies AbortReason);
      else if (runId === undefined) void abortIfCancelled(activeId, abort);
    }
  });

  async function abortIfCancelled(runId: string, abort: AbortController): Promise<void> {
    try {
      if (await isCancelRequested(pool, runId)) abort.abort('cancelled' satisfies AbortReason);
    } catch (error) {
      log.warn({ err: error, run: runId }, 'Whether the run was cancelled could not be read.');
    }
  }

  const heartbeat = startHeartbeat(heartbeatMs, beat, log);
  async function beat(): Promise<void> {
    // First its own lease, or a process that was suspended would count itself among the lost.
    await keepLease(pool, worker);
    const gone = await findGoneWorkers(pool, false);
    if ((await recoverRuns(pool, log, gone)) > 0) positions.changed();
    // While it was suspended, others may have taken what it still works on.
    const held = new Set(await runsHeldBy(pool, id));
    for (const [runId, { abort, claimed }] of active) {
      if (claimed && !held.has(runId)) abort.abort('lost' satisfies AbortReason);
    }
  }

  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      const drained = queue.stop();
      await settledWithin(drained, options.drainMs);
      for (const { abort } of active.values()) abort.abort('given-back' satisfies AbortReason);
      await settledWithin(drained, abortDeadlineMs);
      cancels[Symbol.dispose]();
      await heartbeat[Symbol.asyncDispose]();
      // Where the store is away the lease expires by itself.
      await giveUpLease(pool, id).catch((error) => log.warn({ err: error }, 'The lease could not be given up.'));
    },
  };
}

/** Shares that already hold as many of `capacity` workers as one share may. */
export function sharesAtLimit(running: readonly string[], capacity: number): string[] {
  const limit = shareLimit(capacity);
  const counts = Map.groupBy(running, (share) => share);
  return [...counts].filter(([, held]) => held.length >= limit).map(([share]) => share);
}

/** How many of `capacity` workers one share may hold: all but one, so that somebody else finds one free. */
function shareLimit(capacity: number): number {
  return Math.max(1, capacity - 1);
}
