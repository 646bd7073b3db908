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
import { AttemptOverError, publishEvents } from './event-publisher.ts';

export type Execution = {
  pool: pg.Pool;
  grader: Grader;
  exercises: ReadonlyMap<string, ExerciseDefinition>;
  log: Log;
  workerId: string;
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
  if (run.cancelRequested) abort.abort('cancelled' satisfies AbortReason);
  const publisher = publishEvents(pool, run, (reason) => {
    if (!(reason instanceof AttemptOverError)) log.error({ err: reason, run: run.id }, 'Events could not be stored.');
    abort.abort('lost' satisfies AbortReason);
  });
  const graded = await grade(run, execution, abort.signal, (event) => publisher.publish(event));
  try {
    await publisher.flush();
  } catch (error) {
    if (error instanceof AttemptOverError) return log.warn({ run: run.id }, error.message);
    throw error;
  }
  if (abort.signal.reason === 'given-back' && (!('verdict' in graded) || graded.verdict.outcome === 'cancelled')) {
    await giveBack(pool, run);
    return;
  }
  const ended = await finishRun(pool, run.id, { from: { state: 'running', attempt: run.attempt }, ...ending(graded) });
  if (!ended) log.warn({ run: run.id }, new AttemptOverError(run).message);
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
