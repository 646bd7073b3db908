/** Finds the runs whose worker was lost, and has each done again, once. */
import type pg from 'pg';
import { isAlive, processSpace } from '../store/process-identity.ts';
import type { Log } from '../store/queue-logger.ts';
import { finishRun } from '../store/runs.ts';
import { type LostRun, listWorkers, recoverLost, requeue } from '../store/workers.ts';

/** After that many losses the run itself is suspected of ending its workers. */
const mostLosses = 2;
const givenUpReason =
  'The runner was lost twice while it graded this run, so it was not tried a third time. Your tests may not be to blame. Run it again, and tell whoever runs this site if it happens again.';

/** Recovers from every lease that expired or whose process is `gone`. Returns how many runs were affected. */
export async function recoverRuns(pool: pg.Pool, log: Log, gone: readonly string[] = []): Promise<number> {
  const runs = await recoverLost(pool, gone, async (client, run) => {
    if (run.losses < mostLosses) return requeue(client, run.id);
    await finishRun(client, run.id, {
      from: { state: 'running', attempt: run.attempt },
      outcome: 'runner-error',
      events: [{ type: 'finished', outcome: 'runner-error', reason: givenUpReason }],
    });
  });
  for (const run of runs) log.warn(describe(run), 'A worker was lost during a run.');
  return runs.length;
}

function describe({ id, attempt, losses }: LostRun) {
  return { run: id, attempt, doneAgain: losses < mostLosses };
}

/**
 * Workers that provably no longer exist: their process is gone from the /proc that this one sees, or the store is this
 * process's alone. Others are given until their lease expires.
 */
export async function findGoneWorkers(pool: pg.Pool, exclusive: boolean): Promise<string[]> {
  const workers = await listWorkers(pool);
  const space = processSpace();
  return workers.filter((worker) => exclusive || (worker.space === space && !isAlive(worker))).map(({ id }) => id);
}
