/**
 * `npm run conformance -- [--docker] PATH [FILE …]`: runs the test files of a Testcontainers checkout at PATH, as they
 * are, against the gateway, and prints how many of each file's tests pass. The checkout is one of testcontainers-node
 * (after `npm ci` in it), testcontainers-python or testcontainers-go. Without FILE it is the files of its PostgreSQL
 * module.
 *
 * With `--docker` the gateway hands everything to this machine's Docker daemon. Without, PostgreSQL of a major version
 * that is not installed is replaced by one that is: these tests name many.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseConfig } from '../../../config.ts';
import { type Daemon, findDaemon } from '../../../engine/index.ts';
import { openGateway } from '../open-gateway.ts';
import { goSuite } from './go.ts';
import { nodeSuite } from './node.ts';
import { pythonSuite } from './python.ts';
import type { UpstreamCase } from './suite.ts';

/** Images that the files name, beside PostgreSQL. */
const images = ['postgres', 'cristianrgreco/testcontainer'];
const maxWhy = 160;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { docker: { type: 'boolean' } } });
const [path = '', ...files] = positionals;
const checkout = resolve(path);
const suite = [nodeSuite, pythonSuite, goSuite].find(({ isAt }) => path !== '' && isAt(checkout));
if (!suite) {
  console.error(
    'Name a checkout of testcontainers-node, -python or -go: npm run conformance -- ../testcontainers-node',
  );
  process.exit(2);
}
const daemon = values.docker ? await foundDaemon() : undefined;
const folder = await mkdtemp(join(tmpdir(), 'boundary-conformance-'));
try {
  await using gateway = await openGateway(folder, daemon, { anyPostgres: true });
  // With Ryuk, which these suites have running too.
  const env = { ...process.env, ...gateway.env, TESTCONTAINERS_RYUK_DISABLED: 'false' };
  console.log(`${suite.client} on ${daemon?.version ?? 'sandboxes'}`);
  print(await suite.run({ checkout, files, folder, env }));
} finally {
  await rm(folder, { recursive: true });
}
// Everything is closed by now. Left to end by itself, Node 26.10 has been seen to go round in its own cleanup for ever
// (Environment::CleanupHandles) when sockets had been closed just before.
process.exit();

async function foundDaemon(): Promise<Daemon> {
  const found = await findDaemon({ ...parseConfig(process.env), dockerImages: images }, 'conformance');
  if (found.daemon) return found.daemon;
  console.error(found.reason);
  process.exit(2);
}

function print(cases: readonly UpstreamCase[]): void {
  const counts = (some: readonly UpstreamCase[]) =>
    `${String(some.filter(({ outcome }) => outcome === 'passed').length).padStart(3)} of ${String(some.length).padStart(3)}`;
  console.log('');
  for (const file of new Set(cases.map((one) => one.file))) {
    const own = cases.filter((one) => one.file === file);
    console.log(`${counts(own)}  ${file}`);
    for (const { name, outcome, why = '' } of own)
      if (outcome !== 'passed')
        console.log(`            ${outcome}: ${name}  ${why.replace(/\s+/g, ' ').slice(0, maxWhy)}`);
  }
  console.log(`${counts(cases)}  together`);
}
