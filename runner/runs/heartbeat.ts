/** Does something again and again until disposed; one failure is logged and does not stop the next. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../store/queue-logger.ts';

export function startHeartbeat(everyMs: number, beat: () => Promise<void>, log: Log): AsyncDisposable {
  const stop = new AbortController();
  const beating = (async () => {
    while (await wait(everyMs, true, { signal: stop.signal }).catch(() => false)) {
      try {
        await beat();
      } catch (error) {
        log.warn({ err: error }, 'The lease could not be refreshed.');
      }
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await beating;
    },
  };
}
