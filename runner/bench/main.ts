/**
 * `npm run bench [-- [--rounds N] PART…]`: what a verdict takes and what it costs, side by side with the same work on
 * Docker where one answers (`ENGINE=auto` lets root's bench reach it, `BENCH_IMAGE` names another image than the usual one).
 * Prints medians and ranges, and keeps all values in `.cache/bench/` as JSON. The parts are named below; without a name, all
 * run, which takes about ten minutes. A machine with other work to do gives other figures.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { container } from './container.ts';
import { events } from './events.ts';
import { type Figure, line, type Part } from './figures.ts';
import { load } from './load.ts';
import { machine } from './machine.ts';
import { memory } from './memory.ts';
import { peer } from './peer.ts';
import { start } from './start.ts';
import { verdict } from './verdict.ts';

const parts: Record<string, { says: string; run: Part }> = {
  start: { says: 'from a cold start of the service to the first page and the first verdict', run: start },
  verdict: { says: 'the solution of user-repository, all variants, warm and cold', run: verdict },
  container: { says: 'one container.start() through the gateway, and on Docker, in turn', run: container },
  load: { says: 'several learners at once, each submitting again as soon as they have a verdict', run: load },
  memory: { says: 'what warm sandboxes hold', run: memory },
  events: { says: 'events through one WebSocket, and through 500', run: events },
  peer: { says: 'the same variants here, and with vitest, Testcontainers and Docker, in turn', run: peer },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '20' } },
});
const unknown = positionals.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part named ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

const measured: Record<string, Figure[]> = {};
for (const [name, { says, run }] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`\n── ${name}: ${says}`);
  const { figures, remarks = [] } = await run(Number(values.rounds));
  measured[name] = figures;
  for (const text of [...figures.map(line), ...remarks]) console.log(text);
}
const folder = join(dirname(dirname(import.meta.dirname)), '.cache', 'bench');
await mkdir(folder, { recursive: true });
const file = join(folder, `${new Date().toISOString().replaceAll(':', '-')}.json`);
await writeFile(file, `${JSON.stringify({ at: new Date(), machine, measured }, null, 1)}\n`);
console.log(`\nAll values are in ${file}`);
