/**
 * `npm run conformance -- PATH [FILE …]`: runs test files of a testcontainers-node checkout at PATH, as they are, against
 * the gateway, and prints how many of each file's tests pass. Without FILE it is those of its PostgreSQL module. The
 * checkout needs its packages: run `npm ci` in it first.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { openGateway } from './open-gateway.ts';

const [path = '', ...wanted] = process.argv.slice(2);
const checkout = resolve(path);
if (path === '' || !existsSync(join(checkout, 'packages', 'testcontainers', 'src'))) {
  console.error('Name a checkout of testcontainers-node: npm run conformance -- ../testcontainers-node');
  process.exit(2);
}
const files = wanted.length > 0 ? wanted : ['packages/modules/postgresql/src/'];
const folder = await mkdtemp(join(tmpdir(), 'boundary-conformance-'));
const gateway = await openGateway(folder);

const report = join(folder, 'report.json');
const config = join(folder, 'vitest.config.mjs');
await writeFile(
  config,
  `export default ${JSON.stringify({
    root: checkout,
    cacheDir: join(folder, 'vite'),
    resolve: { alias: { testcontainers: join(checkout, 'packages', 'testcontainers', 'src') } },
    // As the checkout's own configuration has it, but for one test at a time: two cores are soon busy.
    test: {
      globals: true,
      mockReset: true,
      restoreMocks: true,
      unstubEnvs: true,
      // Some of its tests look at what it logs of containers.
      env: { DEBUG: 'testcontainers:containers' },
      silent: 'passed-only',
      fileParallelism: false,
      hookTimeout: 60_000,
    },
  })};`,
);
const vitest = join(checkout, 'node_modules', '.bin', 'vitest');
const child = spawn(
  vitest,
  [
    'run',
    '--config',
    config,
    '--root',
    checkout,
    '--reporter=verbose',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...files,
  ],
  {
    cwd: checkout,
    stdio: 'inherit',
    // With Ryuk, which its own suite has running too.
    env: { ...process.env, ...gateway.env, TESTCONTAINERS_RYUK_DISABLED: 'false' },
  },
);
await once(child, 'exit');
print(JSON.parse(await readFile(report, 'utf8')));

await gateway[Symbol.asyncDispose]();
await rm(folder, { recursive: true });

type Report = {
  testResults: { name: string; message: string; assertionResults: { fullName: string; status: string }[] }[];
};

function print({ testResults }: Report): void {
  const [passed, all] = [0, 0];
  const total = { passed, all };
  for (const { name, message, assertionResults } of testResults) {
    const good = assertionResults.filter(({ status }) => status === 'passed').length;
    total.passed += good;
    total.all += assertionResults.length;
    console.log(
      `${String(good).padStart(3)} of ${String(assertionResults.length).padStart(3)}  ${relative(checkout, name)}`,
    );
    if (assertionResults.length === 0) console.log(`            ${message.split('\n')[0]}`);
    for (const { fullName, status } of assertionResults)
      if (status !== 'passed') console.log(`            ${status}: ${fullName}`);
  }
  console.log(`${total.passed} of ${total.all} pass`);
}
