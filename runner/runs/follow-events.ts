/** A run's events as they come, from any place in the stream, for any number of readers. */
import type pg from 'pg';
import type { RunEvent } from '../protocol.ts';
import { readEvents } from '../store/events.ts';
import { isFinished } from '../store/runs.ts';
import type { Signals } from '../store/signals.ts';

/** Bounds what is held in memory for a reader that is slower than the run. */
const batchSize = 100;

/**
 * Yields the events after `after` in batches, waits for more without polling, and ends after `finished`. It also ends,
 * early, when `signal` aborts. The next batch is read only when the last one was taken.
 */
export async function* followEvents(
  pool: pg.Pool,
  signals: Signals,
  runId: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<RunEvent[]> {
  let awake = Promise.withResolvers<void>();
  const wake = () => awake.resolve();
  // Subscribed before the first read: an event that is stored after a read always wakes the next one.
  using _subscription = signals.onEvents(runId, wake);
  signal.addEventListener('abort', wake);
  try {
    for (let seq = after; !signal.aborted; ) {
      awake = Promise.withResolvers<void>();
      const events = await readEvents(pool, runId, seq, batchSize);
      const last = events.at(-1);
      if (last !== undefined) {
        seq = last.seq;
        yield events;
        if (last.type === 'finished') return;
      } else if (await isFinished(pool, runId)) {
        // The reader has seen the end already, or asked for what comes after it. Events and state change together, so
        // one more look cannot miss any.
        const rest = await readEvents(pool, runId, seq, batchSize);
        if (rest.length === 0) return;
      } else if (!signal.aborted) {
        await awake.promise;
      }
    }
  } finally {
    signal.removeEventListener('abort', wake);
  }
}
