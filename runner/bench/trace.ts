/**
 * `npm run bench:trace [-- ROUNDS]`: what the way into a container costs over a direct connection to a server
 * on the host's own socket, and what reading the protocol in
 * passing costs over the relay, on a query-heavy suite. The ways are taken in turn, so that what else the machine does
 * falls on all alike. Printed are medians over rounds, in ms, and their ratios.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { parseConfig } from '../config.ts';
import { openImageCatalogue } from '../engine/index.ts';
import { Relay } from '../engine/relay.ts';
import { Service } from '../engine/service.ts';
import { containerLimits } from '../grading/variant-run.ts';
import { startEmbeddedPostgres } from '../store/embedded.ts';
import { openPostgresTap, TestTurns, TraceRecorder } from '../trace/index.ts';
import { median } from './figures.ts';

const rounds = Number(process.argv[2] ?? 31);
/** Short statements with values that one round sends, one after another, on each way. */
const statements = 300;
/** And the rows of the one statement that brings many. */
const rows = 5000;

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
const perWay = () => Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Way, number[]>;
const trips = perWay();
const large = perWay();

for (let round = -2; round < rounds; round++) {
  for (const name of [...names.slice(round % 3), ...names.slice(0, round % 3)]) {
    const client = new pg.Client(ways[name]);
    await client.connect();
    const trip = (await timed(() => short(client))) / statements;
    const bulk = await timed(() => client.query(`select i, repeat('x', 50) from generate_series(1, ${rows}) i`));
    await client.end();
    // The first rounds warm what the others use.
    if (round >= 0) {
      trips[name].push(trip);
      large[name].push(bulk);
    }
  }
}
await Promise.all([server[Symbol.asyncDispose](), service[Symbol.asyncDispose]()]);
rmSync(folder, { recursive: true });
if (entries === 0) throw new Error('The tap has read nothing.');
console.log(`${rounds} rounds of ${statements} statements one after another, and one of ${rows} rows; medians in ms\n`);
print('a round trip', trips);
print(`${rows} rows`, large);

async function short(client: pg.Client): Promise<void> {
  for (let index = 0; index < statements; index++)
    await client.query('select $1::int as n, $2::text as t', [index, 'x']);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function print(what: string, measured: Record<Way, number[]>): void {
  const { direct, relay, tapped } = Object.fromEntries(names.map((name) => [name, median(measured[name])])) as Record<
    Way,
    number
  >;
  console.log(
    `${what.padEnd(14)} direct ${direct.toFixed(3)}   relay ${relay.toFixed(3)}   with the tap ${tapped.toFixed(3)}`,
  );
  console.log(`${''.padEnd(14)} the relay adds ${(relay - direct).toFixed(3)} ms`);
  console.log(`${''.padEnd(14)} the tap costs ${((tapped / relay - 1) * 100).toFixed(1)} % of the relay’s time\n`);
}
