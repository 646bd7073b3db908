import { once } from 'node:events';
import { type AddressInfo, createServer, type ListenOptions, type Server } from 'node:net';
import { join } from 'node:path';
import { parseConfig } from '../../config.ts';
import { Engine, openImageCatalogue, PortPool, ServicePool, serveGateway } from '../../engine/index.ts';
import { containerLimits } from '../../grading/variant-run.ts';

/** Ports on which containers can be published at once. */
const portCount = 32;

export type OpenGateway = AsyncDisposable & {
  engine: Engine;
  /** What a client needs in its environment to find the gateway. */
  env: Readonly<Record<string, string>>;
};

/**
 * An engine and its gateway for clients that run on the host itself, not in a sandbox: its socket is a file in `folder`,
 * its ports are on the host's loopback.
 */
export async function openGateway(folder: string): Promise<OpenGateway> {
  const limits = containerLimits(parseConfig(process.env));
  const images = await openImageCatalogue(join(folder, 'clusters'));
  const services = new ServicePool(2, limits);
  const listeners = await Promise.all(Array.from({ length: portCount }, () => listen({ host: '127.0.0.1', port: 0 })));
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
  const listener = await listen({ path: socket });
  const close = serveGateway(listener, engine);
  return {
    engine,
    env: {
      DOCKER_HOST: `unix://${socket}`,
      TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1',
      TESTCONTAINERS_RYUK_DISABLED: 'true',
      TESTCONTAINERS_CONNECTION_MODE: 'docker_host',
    },
    async [Symbol.asyncDispose]() {
      close();
      await engine[Symbol.asyncDispose]();
      await services[Symbol.asyncDispose]();
      for (const server of [...listeners, listener]) server.close();
    },
  };
}

async function listen(where: ListenOptions): Promise<Server> {
  const server = createServer();
  server.listen(where);
  await once(server, 'listening');
  return server;
}
