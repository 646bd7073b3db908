/** Sweeps the store of what is older than it is to be kept: at the start, and once a day. */
import type pg from 'pg';
import type { Log } from '../store/queue-logger.ts';
import { forgetOld, type Retention } from '../store/retention.ts';
import { startHeartbeat } from './heartbeat.ts';

const dayMs = 24 * 3600 * 1000;

export function keepTidy(pool: pg.Pool, retention: Retention, log: Log): AsyncDisposable {
  const sweep = async () => {
    try {
      const forgotten = await forgetOld(pool, retention);
      if (forgotten.runs + forgotten.learners > 0) log.info(forgotten, 'Old runs and progress were forgotten.');
    } catch (error) {
      log.warn({ err: error }, 'Old runs and progress could not be forgotten. That is tried again in a day.');
    }
  };
  const first = sweep();
  const daily = startHeartbeat(dayMs, sweep, log);
  return {
    async [Symbol.asyncDispose]() {
      await daily[Symbol.asyncDispose]();
      await first;
    },
  };
}
