/**
 * `npm run conformance -- PATH [FILE …]`: runs test files of a testcontainers-node checkout at PATH, as they are, against
 * the gateway, and prints how many of each file's tests pass. Without FILE it is those of its PostgreSQL module. The
 * checkout needs its packages: run `npm ci` in it first.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type ListenOptions, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseConfig } from '../../config.ts';
import { Engine, openImageCatalogue, PortPool, ServicePool, serveGateway } from '../../engine/index.ts';
import { containerLimits } from '../../grading/variant-run.ts';

const [path = '', ...wanted] = process.argv.slice(2);
const checkout = resolve(path);
if (path === '' || !existsSync(join(checkout, 'packages', 'testcontainers', 'src'))) {
  console.error('Name a checkout of testcontainers-node: npm run conformance -- ../testcontainers-node');
  process.exit(2);
}
const files = wanted.length > 0 ? wanted : ['packages/modules/postgresql/src/'];
const ports = 64;

const folder = await mkdtemp(join(tmpdir(), 'boundary-conformance-'));
const limits = containerLimits(parseConfig(process.env));
const images = await openImageCatalogue(join(folder, 'clusters'));
const services = new ServicePool(2, limits);
const listeners = await Promise.all(Array.from({ length: ports }, () => listen({ host: '127.0.0.1', port: 0 })));
const engine = new Engine({
  resolveImage: images.resolve,
  offered: images.offered,
  limits,
  maxContainers: 16,
  services,
  ports: new PortPool(listeners.map((server) => ({ server, port: (server.address() as AddressInfo).port }))),
  onNotice: () => undefined,
  onFault: (error) => console.error(error),
});
const socket = join(folder, 'docker.sock');
const gateway = await listen({ path: socket });
const close = serveGateway(gateway, engine);

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
      fileParallelism: false,
      hookTimeout: 60_000,
    },
  })};`,
);
const vitest = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.bin', 'vitest');
const child = spawn(
  vitest,
  [
    'run',
    '--config',
    config,
    '--root',
    checkout,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...files,
  ],
  {
    cwd: checkout,
    stdio: 'inherit',
    env: {
      ...process.env,
      DOCKER_HOST: `unix://${socket}`,
      TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1',
      TESTCONTAINERS_RYUK_DISABLED: 'true',
    },
  },
);
await once(child, 'exit');
print(JSON.parse(await readFile(report, 'utf8')));

close();
await engine[Symbol.asyncDispose]();
await services[Symbol.asyncDispose]();
for (const server of [...listeners, gateway]) server.close();
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

async function listen(where: ListenOptions): Promise<Server> {
  const server = createServer();
  server.listen(where);
  await once(server, 'listening');
  return server;
}
