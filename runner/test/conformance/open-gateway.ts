import { once } from 'node:events';
import { type AddressInfo, createServer, type ListenOptions, type Server } from 'node:net';
import { join } from 'node:path';
import { parseConfig } from '../../config.ts';
import {
  type Daemon,
  DockerEngine,
  Engine,
  findDaemon,
  type ImageCatalogue,
  openImageCatalogue,
  PortPool,
  ryukAlone,
  ServicePool,
  serveGateway,
} from '../../engine/index.ts';
import { containerLimits } from '../../grading/variant-run.ts';

/** Ports on which containers can be published at once. */
const portCount = 64;

export type OpenGateway = AsyncDisposable & {
  socket: string;
  /** The label of everything that was made in a daemon, where there is one. */
  scope: string | undefined;
  /** What a client needs in its environment to find the gateway. */
  env: Readonly<Record<string, string>>;
};

/**
 * An engine and its gateway for clients that run on the host itself, not in a sandbox: its socket is a file in `folder`,
 * its ports are on the host's loopback.
 *
 * @param daemon serves every image, instead of sandboxes
 * @param how with `anyPostgres`, a major version that is not installed is served by the usual one
 */
export async function openGateway(
  folder: string,
  daemon?: Daemon,
  how: { anyPostgres?: boolean } = {},
): Promise<OpenGateway> {
  const limits = containerLimits(parseConfig({}));
  const images = daemon
    ? { ...ryukAlone, offered: daemon.allowed }
    : await openImageCatalogue(join(folder, 'clusters'));
  const services = new ServicePool(2, limits);
  const listeners = await Promise.all(Array.from({ length: portCount }, () => listen({ host: '127.0.0.1', port: 0 })));
  const shared = {
    limits,
    maxContainers: 48,
    ports: new PortPool(listeners.map((server) => ({ server, port: (server.address() as AddressInfo).port }))),
    onNotice: () => undefined,
  };
  const onFault = (error: Error) => console.error(error);
  const docker = daemon && new DockerEngine({ ...shared, daemon });
  const serve = (server: Server, of: Engine) => void serveGateway(server, of, docker);
  const { offered } = images;
  const resolve = how.anyPostgres ? orUsualPostgres(images.resolve) : images.resolve;
  const engine = new Engine({ ...shared, resolveImage: resolve, offered, services, serve, onFault });
  const socket = join(folder, 'docker.sock');
  const listener = await listen({ path: socket });
  const close = serveGateway(listener, engine, docker);
  return {
    socket,
    scope: docker?.scope,
    env: {
      DOCKER_HOST: `unix://${socket}`,
      TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1',
      TESTCONTAINERS_RYUK_DISABLED: 'true',
      TESTCONTAINERS_CONNECTION_MODE: 'docker_host',
    },
    async [Symbol.asyncDispose]() {
      close();
      await Promise.all([engine, docker, services].map((one) => one?.[Symbol.asyncDispose]()));
      for (const server of [...listeners, listener]) server.close();
    },
  };
}

function orUsualPostgres(resolve: ImageCatalogue['resolve']): ImageCatalogue['resolve'] {
  return (reference) =>
    resolve(reference) ??
    (/^(docker\.io\/)?(library\/)?postgres:/.test(reference) ? resolve('postgres:16') : undefined);
}

/** A daemon that has the image which the cases start, or undefined where there is none. */
export async function findTestDaemon(): Promise<Daemon | undefined> {
  const found = await findDaemon({ ...parseConfig(process.env), dockerImages: ['postgres'] }, 'conformance');
  if (!found.daemon) return undefined;
  const image = found.daemon.client.getImage('postgres:16-alpine').inspect();
  return image.then(
    () => found.daemon,
    () => undefined,
  );
}

async function listen(where: ListenOptions): Promise<Server> {
  const server = createServer();
  server.listen(where);
  await once(server, 'listening');
  return server;
}
