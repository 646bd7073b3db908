/** Writes one attempt's events to the store: in order, several at a time, and never after the attempt was fenced off. */
import { setTimeout as wait } from 'node:timers/promises';
import type { EventBody } from '../protocol.ts';
import { storable } from '../store/event-text.ts';
import { appendEvents } from '../store/events.ts';
import type { Queryable } from '../store/transaction.ts';

/** Short enough that nobody sees it, long enough that a burst of tests is one statement. */
const gatherMs = 4;
const mostAtOnce = 200;

export type EventPublisher = {
  publish(event: EventBody): void;
  /** Settles when everything published so far is stored; rejects with what kept it from being stored. */
  flush(): Promise<void>;
};

/**
 * `onLost` is called once, when the store says that the attempt may no longer write or cannot be reached; what is
 * published after that is dropped.
 */
export function publishEvents(
  db: Queryable,
  run: { id: string; attempt: number },
  onLost: (reason: unknown) => void,
): EventPublisher {
  let waiting: EventBody[] = [];
  let writing: Promise<void> | undefined;
  let lost: { reason: unknown } | undefined;

  async function write(): Promise<void> {
    await wait(gatherMs);
    while (waiting.length > 0 && lost === undefined) {
      const batch = waiting.splice(0, mostAtOnce);
      try {
        if (!(await appendEvents(db, run.id, run.attempt, batch))) throw new AttemptOverError(run);
      } catch (reason) {
        lost = { reason };
        waiting = [];
        onLost(reason);
      }
    }
    writing = undefined;
  }

  return {
    publish(event) {
      if (lost !== undefined) return;
      waiting.push(storable(event));
      writing ??= write();
    },
    async flush() {
      while (writing !== undefined) await writing;
      if (lost !== undefined) throw lost.reason;
    },
  };
}

/** Another worker has the run, or it has ended: this attempt's results are nobody's. */
export class AttemptOverError extends Error {
  override readonly name = 'AttemptOverError';
  constructor(run: { id: string; attempt: number }) {
    super(`Attempt ${run.attempt} of run ${run.id} may no longer write: the run was ended or taken over.`);
  }
}
