/** Keeps the job library working. It gives up when the store is away as a job ends; then it is started again. */
import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { type Runner, type RunnerOptions, run as runQueue, type WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import { unlockJobs } from '../store/queue.ts';
import type { Log } from '../store/queue-logger.ts';

export type QueueKeeper = {
  /** Takes no more jobs; settles when those that were taken have ended. */
  stop(): Promise<void>;
};

export type QueueOptions = Omit<RunnerOptions, 'pgPool' | 'events' | 'preset'> & {
  pool: pg.Pool;
  log: Log;
  /** Told the name that the library signs its locks with, each time that it has a new one. */
  onPool(name: string): void;
};

const pauseMs = 500;

export async function keepQueue({ log, onPool, pool, ...options }: QueueOptions): Promise<QueueKeeper> {
  const stopping = new AbortController();
  let name = '';
  const start = () => {
    const events = new EventEmitter() as WorkerEvents;
    events.once('pool:create', ({ workerPool }) => {
      name = workerPool.id;
      onPool(name);
    });
    // Ends of jobs go through its batches: only there does a store that is away not end the whole process.
    const preset = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };
    return runQueue({ ...options, pgPool: pool, events, preset });
  };
  let queue: Runner = await start();

  async function keep(): Promise<void> {
    while (!stopping.signal.aborted) {
      const reason = await queue.promise.then(
        () => undefined,
        (error: unknown) => error,
      );
      if (stopping.signal.aborted) return;
      log.warn({ err: reason }, 'The queue stopped, as it does when the store is away. It is started again.');
      await startAgain(name);
    }
  }

  async function startAgain(former: string): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        // What it held is free again; a run that had begun is taken up under its next attempt.
        await unlockJobs(pool, [former]);
        queue = await start();
        if (stopping.signal.aborted) await queue.stop();
        return;
      } catch (error) {
        log.debug({ err: error }, 'The queue could not be started yet.');
        await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  }
  void keep();

  return {
    async stop() {
      stopping.abort();
      await queue.stop();
    },
  };
}

/** Resolves once the store answers, or `signal` aborts. */
export async function storeAnswers(pool: pg.Pool, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await pool.query('select 1');
      return;
    } catch {
      await wait(pauseMs, undefined, { signal }).catch(() => {});
    }
  }
}
