/** Takes a submission: stores it and queues it, both or neither. */
import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { ServiceError } from '../errors.ts';
import type { Submission } from '../protocol.ts';
import { enqueue } from '../store/queue.ts';
import { insertRun } from '../store/runs.ts';
import { inTransaction } from '../store/transaction.ts';
import { countUnfinished, lockQueue, tellPositions, typicalRunMs } from '../store/waiting.ts';

export type QueueLimits = { queueMax: number; queueMaxPerLearner: number };

/** Who submits. `share` is whom the queue counts: `learner:…`, or `address:…` for somebody who keeps no cookie. */
export type Submitter = { learnerId: string; share: string };

/** Before any run has ended here: roughly what a submission with eight variants takes. */
const assumedRunMs = 5_000;
/** Behind one address without cookies may be a whole class, so it has more than one learner's share. */
const addressShareFactor = 5;

/**
 * Stores and queues a run, and tells those who wait. Throws {@link ServiceError} `queue-full` or `learner-queue-full`,
 * each with the seconds after which to try again.
 */
export async function submitRun(
  pool: pg.Pool,
  submission: Submission,
  submitter: Submitter,
  limits: QueueLimits,
): Promise<{ id: string; key: string }> {
  const id = randomUUID();
  const key = randomBytes(32).toString('base64url');
  await inTransaction(pool, async (client) => {
    await lockQueue(client);
    const { queued, ofShare } = await countUnfinished(client, submitter.share);
    const { queueMax, queueMaxPerLearner } = limits;
    const shareMax = queueMaxPerLearner * (submitter.share.startsWith('address:') ? addressShareFactor : 1);
    if (queued >= queueMax || ofShare >= shareMax) {
      const seconds = Math.max(1, Math.ceil(((await typicalRunMs(client)) ?? assumedRunMs) / 1000));
      const code = ofShare >= shareMax ? 'learner-queue-full' : 'queue-full';
      throw new ServiceError(code, { queued, unfinished: ofShare, seconds }, { retryAfter: seconds });
    }
    // Everyone’s first run goes before anyone’s second: that is the whole of fairness among learners.
    await insertRun(client, { id, key, ...submitter, priority: ofShare, submission });
    await enqueue(client, id);
    await tellPositions(client);
  });
  return { id, key };
}
