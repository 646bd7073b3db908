/** Wakes those who wait for a run: one connection that listens, for the whole process. */
import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { eventsChannel } from './events.ts';
import type { Log } from './queue-logger.ts';
import { cancelChannel } from './runs.ts';

export type Signals = AsyncDisposable & {
  /** Calls `wake` whenever the run may have new events: when it has, and after any time of deafness. */
  onEvents(runId: string, wake: () => void): Disposable;
  /** Calls `wake` with the id of a run whose learner cancels it, or with `undefined` after any time of deafness. */
  onCancel(wake: (runId: string | undefined) => void): Disposable;
};

const longestPauseMs = 5_000;

/** Listens until disposed; a broken connection is opened again. Rejects where the first one cannot be opened. */
export async function listenForSignals(connection: pg.ClientConfig, log: Log): Promise<Signals> {
  const events = new EventEmitter().setMaxListeners(0);
  const cancels = new EventEmitter().setMaxListeners(0);
  const closing = new AbortController();
  let client = await connect();

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({ ...connection, application_name: 'boundary signals', keepAlive: true });
    fresh.on('error', (error) => log.warn({ err: error }, 'The connection that listens for events broke.'));
    fresh.on('notification', ({ channel, payload }) => {
      if (channel === eventsChannel && payload) events.emit(payload);
      else if (channel === cancelChannel && payload) cancels.emit('cancel', payload);
    });
    await fresh.connect();
    await fresh.query(`listen ${eventsChannel}; listen ${cancelChannel}`);
    fresh.once('end', () => void reconnect());
    return fresh;
  }

  async function reconnect(): Promise<void> {
    for (let pause = 50; !closing.signal.aborted; pause = Math.min(pause * 2, longestPauseMs)) {
      try {
        client = await connect();
        // What was announced meanwhile is lost, so everyone looks once.
        for (const runId of events.eventNames()) events.emit(runId);
        cancels.emit('cancel', undefined);
        return;
      } catch {
        await wait(pause, undefined, { signal: closing.signal }).catch(() => {});
      }
    }
  }

  return {
    onEvents: (runId, wake) => subscribe(events, runId, wake),
    onCancel: (wake) => subscribe(cancels, 'cancel', wake),
    async [Symbol.asyncDispose]() {
      closing.abort();
      await client.end();
    },
  };
}

function subscribe(emitter: EventEmitter, name: string, wake: (payload?: string) => void): Disposable {
  emitter.on(name, wake);
  return { [Symbol.dispose]: () => void emitter.off(name, wake) };
}
