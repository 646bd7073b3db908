/**
 * How long `new PostgreSqlContainer(…).start()` takes through the gateway with warm sandboxes, and on a Docker daemon of
 * this machine, in turn.
 *
 * Each way has a client process of its own, since Testcontainers keeps the engine that it found first. The Docker way is
 * the client on the daemon's own socket, with nothing of ours between.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type ListenOptions, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseConfig } from '../config.ts';
import { Engine, findDaemon, openImageCatalogue, PortPool, ServicePool, serveGateway } from '../engine/index.ts';
import { containerLimits } from '../grading/variant-run.ts';
import { benchImage } from './bench-image.ts';
import type { Figure, Part } from './figures.ts';

const clusters = join(dirname(dirname(import.meta.dirname)), '.cache', 'clusters');

type Way = { what: string; child: ChildProcess; times: number[]; target?: string };

export const container: Part = async (rounds) => {
  const config = parseConfig(process.env);
  const { daemon, ...why } = await findDaemon({ ...config, dockerImages: ['postgres'] }, 'bench');
  const folder = await mkdtemp(join(tmpdir(), 'boundary-bench-'));
  const images = await openImageCatalogue(clusters);
  const limits = containerLimits(config);
  await using services = new ServicePool(2, limits);
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

  const ways = [way('container.start(), gateway, warm', socket)];
  if (daemon) ways.push(way('container.start(), Docker', config.dockerSocket));
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
  for (const server of [...ports, listener]) server.close();
  await rm(folder, { recursive: true });

  const figures: Figure[] = ways.map(({ what, times }) => ({ what, unit: 'ms', values: times }));
  const [here, there] = ways.map(({ times }) => times);
  if (here && there) {
    const values = there.map((ms, round) => ms / (here[round] ?? Number.NaN));
    figures.push({ what: 'Docker takes so many times as long', unit: 'times', values });
  }
  const remark = daemon ? daemon.version : `Docker left out. ${'reason' in why ? why.reason : ''}`;
  return { figures, remarks: [remark] };
};

function way(what: string, socket: string): Way {
  const env = {
    TESTCONTAINERS_RYUK_DISABLED: 'true',
    ...process.env,
    DOCKER_HOST: `unix://${socket}`,
    TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1',
  };
  return { what, times: [], child: fork(join(import.meta.dirname, 'container-client.ts'), [benchImage], { env }) };
}

async function listen(where: ListenOptions): Promise<Server> {
  const server = createServer();
  server.listen(where);
  await once(server, 'listening');
  return server;
}
