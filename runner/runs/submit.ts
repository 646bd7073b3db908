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

/**
 * Who submits. `share` is whom the queue counts: `learner:…`, or `address:…` for somebody who keeps no cookie. `address` is
 * a keyed hash of where it comes from; undefined for the machine itself.
 */
export type Submitter = { learnerId: string; share: string; address?: string | undefined };

/** Before any run has ended here: roughly what a submission with eight variants takes. */
const assumedRunMs = 5_000;
/** Behind one address without cookies may be a whole class, so it has more than one learner's share. */
const addressShareFactor = 5;
/** Cookies can be had anew by the hundred. So much of the queue is an address's at most, whatever cookies it sends. */
const addressPart = 0.5;

/**
 * Stores and queues a run, and tells those who wait. Throws {@link ServiceError} `queue-full`, `learner-queue-full` or
 * `address-queue-full`, each with the seconds after which to try again.
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
    const { queued, ofShare, ofAddress } = await countUnfinished(client, submitter.share, submitter.address);
    const { queueMax, queueMaxPerLearner } = limits;
    const shareMax = queueMaxPerLearner * (submitter.share.startsWith('address:') ? addressShareFactor : 1);
    const addressMax = Math.max(1, Math.floor(queueMax * addressPart));
    if (queued >= queueMax || ofShare >= shareMax || ofAddress >= addressMax) {
      const seconds = Math.max(1, Math.ceil(((await typicalRunMs(client)) ?? assumedRunMs) / 1000));
      const options = { retryAfter: seconds };
      if (ofShare >= shareMax) throw new ServiceError('learner-queue-full', { unfinished: ofShare }, options);
      if (queued >= queueMax) throw new ServiceError('queue-full', { queued, seconds }, options);
      throw new ServiceError('address-queue-full', { unfinished: ofAddress, seconds }, options);
    }
    // Everyone’s first run goes before anyone’s second: that is the whole of fairness among learners.
    await insertRun(client, { id, key, ...submitter, priority: ofShare, submission });
    await enqueue(client, id);
    await tellPositions(client);
  });
  return { id, key };
}
