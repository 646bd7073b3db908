/** One attempt at a run: taken up, graded, ended. */
import type pg from 'pg';
import type { ExerciseDefinition } from '../../exercises/format.ts';
import type { Grader } from '../grading/contract.ts';
import type { EventBody, Outcome, Verdict } from '../protocol.ts';
import { storable } from '../store/event-text.ts';
import { enqueue } from '../store/queue.ts';
import type { Log } from '../store/queue-logger.ts';
import { type ClaimedRun, claimRun, finishRun, releaseRun } from '../store/runs.ts';
import { inTransaction } from '../store/transaction.ts';
import type { RunWatch, WatchedRun } from '../watch/run-watch.ts';
import { AttemptOverError, type EventPublisher, publishEvents } from './event-publisher.ts';

export type Execution = {
  pool: pg.Pool;
  grader: Grader;
  exercises: ReadonlyMap<string, ExerciseDefinition>;
  log: Log;
  workerId: string;
  watch: RunWatch;
  /** Called when the run left the queue, so that the others' places can be told. */
  onClaimed(runId: string): void;
};

/** Why a run is aborted. A run that the runner gives back goes on the queue again; one that was cancelled ends. */
export type AbortReason = 'cancelled' | 'given-back' | 'lost';

/**
 * Takes a run up, if it still waits, and grades it to its end. `abort` is this attempt's own; its reason is an
 * {@link AbortReason}. Rejects only where the store fails.
 */
export async function executeRun(runId: string, execution: Execution, abort: AbortController): Promise<void> {
  const { pool, log } = execution;
  const run = await claimRun(pool, runId, execution.workerId);
  if (run === undefined) return;
  execution.onClaimed(run.id);
  const watched = execution.watch.begun(run);
  if (run.cancelRequested) abort.abort('cancelled' satisfies AbortReason);
  const publisher = publishEvents(pool, run, (reason) => {
    if (!(reason instanceof AttemptOverError)) log.error({ err: reason, run: run.id }, 'Events could not be stored.');
    abort.abort('lost' satisfies AbortReason);
  });
  const emit = (event: EventBody) => {
    watched.saw(event);
    publisher.publish(event);
  };
  const graded = await grade(run, execution, abort.signal, emit);
  let how: Parameters<WatchedRun['ended']>[0] = 'lost';
  try {
    how = await settle(run, graded, execution, publisher, abort.signal);
  } finally {
    watched.ended(how);
  }
}

/** Stores how the attempt ended, or that it did not. Rejects only where the store fails. */
async function settle(
  run: ClaimedRun,
  graded: Graded,
  { log, pool }: Execution,
  publisher: EventPublisher,
  signal: AbortSignal,
): Promise<Parameters<WatchedRun['ended']>[0]> {
  try {
    await publisher.flush();
  } catch (error) {
    if (!(error instanceof AttemptOverError)) throw error;
    log.warn({ run: run.id }, error.message);
    return 'lost';
  }
  if (signal.reason === 'given-back' && (!('verdict' in graded) || graded.verdict.outcome === 'cancelled')) {
    await giveBack(pool, run);
    return 'given-back';
  }
  const end = ending(graded);
  if (await finishRun(pool, run.id, { from: { state: 'running', attempt: run.attempt }, ...end })) return end.outcome;
  log.warn({ run: run.id }, new AttemptOverError(run).message);
  return 'lost';
}

type Graded = { verdict: Verdict } | { outcome: Outcome; reason: string };

async function grade(
  run: ClaimedRun,
  { exercises, grader, log }: Execution,
  signal: AbortSignal,
  emit: (event: EventBody) => void,
): Promise<Graded> {
  const exercise = exercises.get(run.exercise);
  if (exercise === undefined) {
    const reason = `The exercise “${run.exercise}” is no longer here. Open the catalogue and choose another.`;
    return { outcome: 'rejected', reason };
  }
  try {
    const verdict = await grader.grade({
      runId: run.id,
      attempt: run.attempt,
      exercise,
      language: run.language,
      files: run.files,
      ...(run.only === null ? {} : { only: run.only }),
      acceptedAt: run.acceptedAt.getTime(),
      startedAt: run.startedAt.getTime(),
      signal,
      emit,
    });
    return { verdict };
  } catch (error) {
    if (signal.aborted && signal.reason === 'cancelled') return { outcome: 'cancelled', reason: cancelledReason };
    log.error({ err: error, run: run.id, attempt: run.attempt }, 'Grading failed.');
    return { outcome: 'runner-error', reason: runnerErrorReason };
  }
}

export const cancelledReason = 'You cancelled the run. Run it again when you are ready.';
const runnerErrorReason =
  'The runner failed while it graded this run; your tests are not to blame. Run it again, and tell whoever runs this site if it fails again.';

function ending(graded: Graded): { outcome: Outcome; verdict?: Verdict; events: EventBody[] } {
  if (!('verdict' in graded)) {
    return { outcome: graded.outcome, events: [{ type: 'finished', outcome: graded.outcome, reason: graded.reason }] };
  }
  const event = storable({ type: 'verdict', verdict: graded.verdict });
  const verdict = event.type === 'verdict' ? event.verdict : graded.verdict;
  const { outcome, reason } = verdict;
  return { outcome, verdict, events: [event, { type: 'finished', outcome, reason }] };
}

async function giveBack(pool: pg.Pool, run: ClaimedRun): Promise<void> {
  await inTransaction(pool, async (client) => {
    if (await releaseRun(client, run.id, run.attempt)) await enqueue(client, run.id);
  });
}
