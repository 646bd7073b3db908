/** Puts a runner, in a process of its own, under load for a while, and says how it bore it. */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { ServerProcess } from '../web/server-process.ts';
import { temporaryFolder } from '../web/temporary-folder.ts';
import { Scenario } from './scenario.ts';
import { Tally } from './tally.ts';

export type LoadOptions = {
  seconds: number;
  learners: number;
  workers: number;
  /** Runs that may wait; the flood is twice as many. */
  queueMax: number;
};

type Memory = { residentMiB: number; heapMiB: number };

export type LoadReport = {
  tally: Tally;
  memory: ({ atSeconds: number } & Memory)[];
  /** What it holds at rest, with all given back that can be: once it had a tenth of the load behind it, and at the end. */
  atRest: { early: Memory; late: Memory };
};

export async function load({ learners, queueMax, seconds, workers }: LoadOptions): Promise<LoadReport> {
  using folder = temporaryFolder();
  await using server = await ServerProcess.start({
    DATA_DIR: folder.path,
    WORKERS: String(workers),
    QUEUE_MAX: String(queueMax),
    QUEUE_MAX_PER_LEARNER: '60',
    // All learners of this machine sit behind one address.
    REQUESTS_PER_MINUTE: '1000000',
    STREAMS_PER_ADDRESS: '5000',
    CONNECTIONS_PER_ADDRESS: '10000',
    NODE_OPTIONS: '--expose-gc',
  });
  const tally = new Tally();
  const memory: LoadReport['memory'] = [];
  const stop = new AbortController();
  const scenario = new Scenario(server.address, tally, stop.signal);
  const began = performance.now();
  const sinceBegan = () => (performance.now() - began) / 1000;
  // As many runs come in as keep the workers three quarters busy.
  const thinkMs = (learners * 267) / workers;
  const working = [
    ...Array.from({ length: learners }, async (_, index) => {
      // Not all in the same moment: that is what the flood is for.
      await wait((Math.random() * Math.min(thinkMs, seconds * 500)) | 0);
      await scenario.steady(index, thinkMs);
    }),
    scenario.burstsBesideFirstRuns(Math.min(5_000, seconds * 100)),
    scenario.reconnectStorms(Math.max(1_500, seconds * 50)),
  ];
  const flooding = wait(seconds * 500).then(() => scenario.flood(2 * queueMax));
  let early: Memory | undefined;
  while (sinceBegan() < seconds) {
    if (early === undefined && sinceBegan() > seconds / 10) early = await memoryAtRest(server);
    memory.push({ atSeconds: Math.round(sinceBegan()), ...(await memoryOf(server)) });
    await wait(Math.min(5_000, seconds * 100));
  }
  stop.abort();
  await Promise.all([...working, flooding]);
  memory.push({ atSeconds: Math.round(sinceBegan()), ...(await memoryOf(server)) });
  const late = await memoryAtRest(server);
  return { tally, memory, atRest: { early: early ?? late, late } };
}

async function memoryAtRest(server: ServerProcess): Promise<Memory> {
  server.child.kill('SIGUSR2');
  // What is collected is dealt with in the turns of the event loop that follow, an answer later at the most.
  await memoryOf(server);
  server.child.kill('SIGUSR2');
  await memoryOf(server);
  return memoryOf(server);
}

async function memoryOf({ address, child }: ServerProcess): Promise<Memory> {
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
  const metrics = await (await fetch(`${address}/metrics`)).text();
  const heap = /^nodejs_heap_size_used_bytes (\S+)$/m.exec(metrics)?.[1];
  return { residentMiB: Math.round(Number(resident) / 1024), heapMiB: Math.round(Number(heap) / 2 ** 20) };
}
