/**
 * `npm run bench:container [-- ROUNDS]`: how long `new PostgreSqlContainer('postgres:16-alpine').start()` takes through
 * the gateway with warm sandboxes, and on a Docker daemon of this machine, in turn, in one run. Printed are the median and
 * the range of each, in ms, and the ratio of the medians.
 *
 * Each way has a client process of its own, since Testcontainers keeps the engine that it found first. The Docker way is
 * the client on the daemon's own socket, with nothing of ours between.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type ListenOptions, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import { parseConfig } from '../config.ts';
import { Engine, findDaemon, openImageCatalogue, PortPool, ServicePool, serveGateway } from '../engine/index.ts';
import { containerLimits } from '../grading/variant-run.ts';
import { median } from './figures.ts';

const image = 'postgres:16-alpine';
if (process.send) await client();
else await compare(Number(process.argv[2] ?? 15));

/** Starts a container at each word of the parent, and answers with how long it took. */
async function client(): Promise<void> {
  process.on('message', async () => {
    const began = performance.now();
    const container = await new PostgreSqlContainer(image).start();
    const ms = performance.now() - began;
    await container.stop();
    process.send?.(ms);
  });
}

async function compare(rounds: number): Promise<void> {
  const config = parseConfig(process.env);
  const { daemon, ...why } = await findDaemon(config.dockerSocket, ['postgres'], 'bench');
  if (!daemon) console.log(`Only the gateway is measured. ${'reason' in why ? why.reason : ''}`);
  const folder = await mkdtemp(join(tmpdir(), 'boundary-bench-'));
  const images = await openImageCatalogue(join(folder, 'clusters'));
  const limits = containerLimits(config);
  const services = new ServicePool(2, limits);
  const ports = await Promise.all(Array.from({ length: 4 }, () => listen({ host: '127.0.0.1', port: 0 })));
  await using engine = new Engine({
    resolveImage: images.resolve,
    offered: images.offered,
    limits,
    maxContainers: 4,
    services,
    ports: new PortPool(ports.map((server) => ({ server, port: (server.address() as AddressInfo).port }))),
    onNotice: () => undefined,
    onFault: (error) => console.error(error),
  });
  const socket = join(folder, 'docker.sock');
  const listener = await listen({ path: socket });
  const close = serveGateway(listener, engine);
  if (images.usual) services.expect(images.usual);
  services.fill();

  const ways = [
    { name: 'gateway, warm', ...start(socket), times: [] as number[] },
    ...(daemon ? [{ name: daemon.version, ...start(config.dockerSocket), times: [] as number[] }] : []),
  ];
  // The first of each loads the client's code and finds its engine.
  for (let round = -1; round < rounds; round++) {
    for (const { child, times } of ways) {
      while (services.spares === 0) await delay(50);
      services.pause();
      child.send('start');
      const [ms] = await once(child, 'message');
      services.fill();
      if (round >= 0) times.push(ms as number);
    }
  }
  for (const { child } of ways) child.disconnect();
  close();
  await services[Symbol.asyncDispose]();
  for (const server of [...ports, listener]) server.close();
  await rm(folder, { recursive: true });

  console.log(`${rounds} rounds of new PostgreSqlContainer('${image}').start(); median (lowest–highest) in ms`);
  for (const { name, times } of ways)
    console.log(
      `${name.padEnd(18)} ${median(times).toFixed(0)} (${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)})`,
    );
  const [gateway, docker] = ways.map(({ times }) => median(times));
  if (gateway && docker) console.log(`Docker takes ${(docker / gateway).toFixed(1)} times as long.`);
}

function start(socket: string): { child: ReturnType<typeof fork> } {
  const env = {
    ...process.env,
    DOCKER_HOST: `unix://${socket}`,
    TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1',
    TESTCONTAINERS_RYUK_DISABLED: 'true',
  };
  return { child: fork(import.meta.filename, { env }) };
}

async function listen(where: ListenOptions): Promise<Server> {
  const server = createServer();
  server.listen(where);
  await once(server, 'listening');
  return server;
}
