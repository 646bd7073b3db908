/**
 * Runs inside a learner's sandbox. Before it is given anything of a learner's it hands over the sockets that the runner
 * serves, loads Vitest and the libraries that tests import, and waits. Then it writes the files, runs them once and says
 * what happened. The sandbox is thrown away afterwards.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { handOver } from '../../../sandbox/handover.ts';
import type { TestCommand } from '../messages.ts';
import { loadBundle } from './bundled.ts';
import { say } from './frames.ts';
import { acknowledgeTurn } from './turns.ts';

const root = '/box/work';
const temporary = '/tmp';
const [ports = '0', manner = 'rehearsed'] = process.argv.slice(2);

// Without a runner it is only being compiled.
const served = process.send !== undefined;
if (served) await handOver({ ports: Number(ports), sockets: { gateway: '/run/boundary/docker.sock' } });
const { rehearse, startWorker, runTests } = await import('./worker.ts');
// What nearly every submission imports: in memory by the time that it asks.
loadBundle(process.env.NODE_COMPILE_CACHE);
await Promise.all([startWorker(), import('@testcontainers/postgresql'), import('testcontainers'), import('pg')]);
const { tellOfQueries } = await import('./query-senders.ts');
tellOfQueries(root);
const fault = manner === 'at once' ? undefined : await rehearse(manner === 'with containers');
// Testcontainers leaves a lock there.
for (const name of readdirSync(temporary)) if (served) rmSync(join(temporary, name), { recursive: true });
if (served) serve(fault);

function serve(fault: string | undefined): void {
  say({ type: 'ready', ...(fault === undefined ? {} : { fault }) });
  const lines = createInterface({ input: new Socket({ fd: 3 }) });
  lines.once('line', async (line) => {
    lines.on('line', acknowledgeTurn);
    const { files, only, rounds } = JSON.parse(line) as TestCommand;
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const tests = Object.keys(files).filter((path) => path.endsWith('.test.ts'));
    await runTests(tests.sort(), only, rounds);
  });
}
