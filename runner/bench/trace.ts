/**
 * `npm run bench:trace [-- ROUNDS]`: what the way into a container costs over a direct connection to a server on the
 * host's own socket, and what reading the protocol in passing costs over the relay: on a suite of statements with rows,
 * on statements that ask for nothing, and on one of many rows. The ways are taken in turn, so that what else the machine
 * does falls on all alike. Printed are medians over rounds, in ms, and their ratios.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { parseConfig } from '../config.ts';
import { openImageCatalogue } from '../engine/index.ts';
import { Relay } from '../engine/relay.ts';
import { Service } from '../engine/service.ts';
import { containerLimits } from '../grading/variant-run.ts';
import { startEmbeddedPostgres } from '../store/embedded.ts';
import { openPostgresTap, TestTurns, TraceRecorder } from '../trace/index.ts';
import { median } from './figures.ts';
import type { Timed } from './trace-client.ts';

const rounds = Number(process.argv[2] ?? 31);
const folder = mkdtempSync(join(tmpdir(), 'boundary-bench-'));
const server = await startEmbeddedPostgres(folder);
const images = await openImageCatalogue(join(folder, 'clusters'));
if (!images.usual) throw new Error('No PostgreSQL is installed to make containers of.');
const service = await Service.boot(images.usual, containerLimits(parseConfig({})));
await service.start();

/** A port whose connections a relay carries to a PostgreSQL in a container, on the way that a learner's take. */
async function relayed(openTap?: ConstructorParameters<typeof Relay>[3]): Promise<pg.ClientConfig> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  listener.unref();
  new Relay(
    listener,
    () => service.agent.connect(5432),
    () => false,
    openTap,
  );
  const { port } = listener.address() as AddressInfo;
  return { host: '127.0.0.1', port, user: 'test', password: 'test', database: 'test' };
}

let entries = 0;
const record = () =>
  new TraceRecorder(new TestTurns(), (told) => {
    entries += told.length;
  });
const ways = {
  direct: server.connection,
  relay: await relayed(),
  tapped: await relayed(() => record().tap('bench', openPostgresTap)),
};
type Way = keyof typeof ways;
const names = Object.keys(ways) as Way[];
const client = fork(join(import.meta.dirname, 'trace-client.ts'), { execArgv: [] });
const measured: Record<Way, Timed[]> = { direct: [], relay: [], tapped: [] };
for (let round = -2; round < rounds; round++) {
  for (const name of [...names.slice(round % 3), ...names.slice(0, round % 3)]) {
    client.send(ways[name]);
    const [times] = (await once(client, 'message')) as [Timed];
    // The first rounds warm what the others use.
    if (round >= 0) measured[name].push(times);
  }
}
client.disconnect();
await Promise.all([server[Symbol.asyncDispose](), service[Symbol.asyncDispose]()]);
rmSync(folder, { recursive: true });
if (entries === 0) throw new Error('The tap has read nothing.');
console.log(`${rounds} rounds; medians in ms\n`);
print('a statement of a suite', ({ suite }) => suite);
print('an empty statement', ({ short }) => short);
print('many rows at once', ({ large }) => large);

function print(what: string, read: (times: Timed) => number): void {
  const [direct, relay, tapped] = names.map((name) => median(measured[name].map(read))) as [number, number, number];
  // Each round by itself: what slows the machine down for a while slows all three ways.
  const costs = measured.tapped.map((times, round) => read(times) / read(measured.relay[round] as Timed));
  console.log(
    `${what.padEnd(24)} direct ${direct.toFixed(3)}   relay ${relay.toFixed(3)}   with the tap ${tapped.toFixed(3)}`,
  );
  console.log(`${''.padEnd(24)} the relay adds ${(relay - direct).toFixed(3)} ms`);
  console.log(`${''.padEnd(24)} the tap costs ${((median(costs) - 1) * 100).toFixed(1)} % of the relay’s time\n`);
}
