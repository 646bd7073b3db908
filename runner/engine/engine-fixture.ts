import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll } from 'vitest';
import {
  type ContainerNotice,
  Engine,
  type ImageCatalogue,
  openImageCatalogue,
  PortPool,
  ServicePool,
  serveGateway,
} from './index.ts';

// The gateway is served on a socket of the test's own and its ports are the test's loopback: what a learner's sandbox
// would have handed over. Containers are the real sandboxes.
const limits = {
  memoryBytes: 512 << 20,
  processes: 128,
  cpuSeconds: 30,
  files: 1024,
  fileBytes: 64 << 20,
  tmpfsBytes: 256 << 20,
};
export let folder: string;
export let images: ImageCatalogue;
export let engine: Engine;
export let services: ServicePool;
let socket: string;
export const notices: ContainerNotice[] = [];
export const faults: Error[] = [];
const servers: Server[] = [];

/** Opens an engine and its gateway before the tests of a file, and closes them after. */
export function setUpEngine(): void {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'boundary-engine-'));
    images = await openImageCatalogue(join(folder, 'clusters'));
    const ports = await Promise.all(Array.from({ length: 4 }, () => listen({ host: '127.0.0.1', port: 0 })));
    const pool = new PortPool(ports.map((server) => ({ server, port: (server.address() as { port: number }).port })));
    services = new ServicePool(1, limits);
    engine = new Engine({
      resolveImage: images.resolve,
      offered: images.offered,
      limits,
      maxContainers: 3,
      services,
      ports: pool,
      onNotice: (notice) => notices.push(notice),
      onFault: (error) => faults.push(error),
    });
    socket = join(folder, 'docker.sock');
    serveGateway(await listen({ path: socket }), engine);
    process.env.DOCKER_HOST = `unix://${socket}`;
    process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
    process.env.TESTCONTAINERS_HOST_OVERRIDE = '127.0.0.1';
  });

  // A test that fails must not take the next ones' containers.
  afterEach(() => Promise.all(engine.containers().map((container) => engine.remove(container))));

  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await services[Symbol.asyncDispose]();
    for (const server of servers) server.close();
    await rm(folder, { recursive: true });
  });
}

async function listen(where: { path: string } | { host: string; port: number }): Promise<Server> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(where, resolve));
  return server;
}

/** Sends one request to the gateway, as a client of no kind would. */
export async function api(method: string, path: string, body?: unknown): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const call = httpRequest(
      { socketPath: socket, method, path, headers: { 'content-type': 'application/json' } },
      (response) => {
        let text = '';
        response
          .on('data', (chunk) => (text += chunk))
          .on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    call.on('error', reject).end(body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
}

export async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
