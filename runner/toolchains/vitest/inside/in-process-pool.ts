import { EventEmitter } from 'node:events';
import type { PoolRunnerInitializer, PoolWorker, WorkerRequest } from 'vitest/node';
import { init, runBaseTests, setupEnvironment } from 'vitest/worker';

/**
 * A Vitest pool that runs tests in Vitest's own process. The sandbox is single-use and holds one test file's run, so a
 * process of their own would isolate tests from nothing, and it would have to load every library anew: the difference
 * between about 40 and 300 ms.
 */
export function inProcessPool(): PoolRunnerInitializer {
  return { name: 'in-process', createPoolWorker: () => createWorker() };
}

function createWorker(): PoolWorker {
  const toWorker = new EventEmitter();
  const toPool = new EventEmitter();
  // Messages are cloned when they are sent, as between processes: both sides go on to change what they sent.
  const deliver = (to: EventEmitter, message: unknown) => {
    const copy = structuredClone(message);
    setImmediate(() => to.emit('message', copy));
  };
  return {
    name: 'in-process',
    on: (event, callback) => void toPool.on(event, callback),
    off: (event, callback) => void toPool.off(event, callback),
    send: (message: WorkerRequest) => deliver(toWorker, message),
    deserialize: (data) => data,
    async start() {
      init({
        post: (message: unknown) => deliver(toPool, message),
        on: (callback) => void toWorker.on('message', callback),
        off: (callback) => void toWorker.off('message', callback),
        runTests: (state, traces) => runBaseTests('run', state, traces),
        collectTests: (state, traces) => runBaseTests('collect', state, traces),
        setup: setupEnvironment,
      });
    },
    async stop() {},
  };
}
