/**
 * Runs inside a learner's sandbox. Before it is given anything of a learner's it hands over the sockets that the runner
 * serves, loads Vitest and the libraries that tests import, and waits. Then it writes the files, runs them once and says
 * what happened. The sandbox is thrown away afterwards.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { handOver } from '../../../sandbox/handover.ts';
import type { TestCommand } from '../messages.ts';
import { say } from './frames.ts';
import { inProcessPool } from './in-process-pool.ts';
import { streamingReporter } from './reporter.ts';
import { acknowledgeTurn } from './turns.ts';

const root = '/box/work';
const [ports = '0'] = process.argv.slice(2);

await handOver({ ports: Number(ports), sockets: { gateway: '/run/boundary/docker.sock' } });
const { createVitest } = await import('vitest/node');
// What nearly every submission imports: in memory by the time that it asks.
await Promise.all([import('@testcontainers/postgresql'), import('testcontainers'), import('pg')]);

const vitest = await createVitest(
  {
    root,
    config: false,
    watch: false,
    pool: inProcessPool(),
    isolate: false,
    fileParallelism: false,
    maxWorkers: 1,
    globals: true,
    passWithNoTests: true,
    disableConsoleIntercept: true,
    include: ['**/*.test.ts'],
    setupFiles: [join(import.meta.dirname, 'announce.ts')],
    reporters: [streamingReporter(root)],
  },
  { cacheDir: '/tmp/vite', logLevel: 'error' },
);
// Vitest's own listener is for faults of Vitest: it ends the process. Here they come from tests, which run in this process,
// and are for the listener that its test runner adds, which reports them.
process.removeAllListeners('unhandledRejection');
say({ type: 'ready' });

const lines = createInterface({ input: new Socket({ fd: 3 }) });
lines.once('line', async (line) => {
  lines.on('line', acknowledgeTurn);
  const { files, only } = JSON.parse(line) as TestCommand;
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  if (only !== undefined) vitest.setGlobalTestNamePattern(exactly(only));
  await vitest.start();
});

/** Vitest matches patterns against the full name, suites and title joined as ours are. */
function exactly(name: string): RegExp {
  // One of several with the same name runs with the others; Vitest cannot tell them apart.
  return new RegExp(`^${RegExp.escape(name.replace(/ #\d+$/, ''))}$`);
}
