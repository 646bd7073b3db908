/** Ends a run because its learner wants it ended. */
import type pg from 'pg';
import { dequeue } from '../store/queue.ts';
import { finishRun, requestCancel } from '../store/runs.ts';
import { inTransaction } from '../store/transaction.ts';
import { lockQueue, tellPositions } from '../store/waiting.ts';
import { cancelledReason } from './execute.ts';

/** A waiting run ends at once; a running one as soon as its worker has stopped it; a finished one stays as it is. */
export async function cancelRun(pool: pg.Pool, runId: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    await lockQueue(client);
    const ended = await finishRun(client, runId, {
      from: { state: 'queued' },
      outcome: 'cancelled',
      events: [{ type: 'finished', outcome: 'cancelled', reason: cancelledReason }],
    });
    if (!ended) return requestCancel(client, runId);
    await dequeue(client, runId);
    await tellPositions(client);
  });
}
