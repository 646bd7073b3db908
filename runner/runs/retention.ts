/** Sweeps the store of what is older, or more, than is to be kept: at the start, and every ten minutes. */
import type pg from 'pg';
import type { Log } from '../store/queue-logger.ts';
import { forgetOld, type Retention } from '../store/retention.ts';
import { startHeartbeat } from './heartbeat.ts';

/** So often that a flood in between does not fill a disk. A sweep that finds nothing reads a few numbers of each run. */
const everyMs = 600_000;

export function keepTidy(pool: pg.Pool, retention: Retention, log: Log): AsyncDisposable {
  const stopping = new AbortController();
  const sweep = async () => {
    try {
      const forgotten = await forgetOld(pool, retention, stopping.signal);
      if (forgotten.runs + forgotten.learners > 0) log.info(forgotten, 'Old runs and progress were forgotten.');
    } catch (error) {
      log.warn({ err: error }, 'Old runs and progress could not be forgotten. That is tried again in ten minutes.');
    }
  };
  const first = sweep();
  const regular = startHeartbeat(everyMs, sweep, log);
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await regular[Symbol.asyncDispose]();
      await first;
    },
  };
}
