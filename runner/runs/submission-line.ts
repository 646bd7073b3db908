import pLimit from 'p-limit';
import { ServiceError } from '../errors.ts';

/**
 * They wait for each other in the store anyway, since the queue has one lock. Waiting there, a few dozen would hold every
 * connection, and readers and workers would wait with them. The smallest pool has twelve.
 */
const atOnce = 6;
/** Four hundred at once are through in half of that on two cores; where nothing moves, the store is away. */
const longestWaitMs = 20_000;

/** Lets submissions to the store a few at a time. */
export class SubmissionLine {
  readonly #turn = pLimit(atOnce);
  readonly #longestWaitMs: number;

  constructor(maxWaitMs = longestWaitMs) {
    this.#longestWaitMs = maxWaitMs;
  }

  /** Submits when the turn has come. Throws {@link ServiceError} `store-unavailable` where that took too long. */
  wait<T>(submit: () => Promise<T>): Promise<T> {
    const since = performance.now();
    return this.#turn(() => {
      if (performance.now() - since > this.#longestWaitMs) throw new ServiceError('store-unavailable');
      return submit();
    });
  }
}
