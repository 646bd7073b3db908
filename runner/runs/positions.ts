/** Tells waiting runs their places after a change. Many changes at once are told once. */
import type pg from 'pg';
import type { Log } from '../store/queue-logger.ts';
import { inTransaction } from '../store/transaction.ts';
import { lockQueue, tellPositions } from '../store/waiting.ts';

export type Positions = AsyncDisposable & {
  /** Something changed; the telling happens on its own, and a failure to tell is logged, for the queue goes on. */
  changed(): void;
};

export function keepPositionsTold(pool: pg.Pool, log: Log): Positions {
  let dirty = false;
  let telling: Promise<void> | undefined;

  async function tell(): Promise<void> {
    while (dirty) {
      dirty = false;
      try {
        await inTransaction(pool, async (client) => {
          await lockQueue(client);
          await tellPositions(client);
        });
      } catch (error) {
        log.warn({ err: error }, 'The places in the queue could not be told.');
      }
    }
    telling = undefined;
  }

  return {
    changed() {
      dirty = true;
      telling ??= tell();
    },
    async [Symbol.asyncDispose]() {
      await telling;
    },
  };
}
