/**
 * Runs inside a sandbox, before anything untrusted: opens listening sockets, hands them to the runner, and closes the
 * channel they went through. See `sandbox.ts` for the other end.
 */
import { once } from 'node:events';
import { renameSync, writeSync } from 'node:fs';
import { type AddressInfo, createServer, type ListenOptions, type Server } from 'node:net';

const controlDescriptor = 3;

/** Opens `ports` loopback ports and the given socket paths, and gives them away. */
export async function handOver(options: { ports: number; sockets: Readonly<Record<string, string>> }): Promise<void> {
  for (let index = 0; index < options.ports; index++) {
    const server = await listen({ host: '127.0.0.1', port: 0 });
    await give({ name: 'port', port: (server.address() as AddressInfo).port }, server);
  }
  for (const [name, path] of Object.entries(options.sockets)) {
    // Closing our own copy removes the path that it was opened at, so the socket moves to its place first.
    const server = await listen({ path: `${path}.opening` });
    renameSync(`${path}.opening`, path);
    await give({ name }, server);
  }
  await closeChannel();
  writeSync(controlDescriptor, '\n');
}

/**
 * Resolves once it is closed. Node closes it a turn later, and a program that leaves it no turn would hold it until it
 * ends: the runner would then learn of the end first, and take it for a sandbox that never was ready.
 */
async function closeChannel(): Promise<void> {
  if (!process.connected) return;
  const closed = once(process, 'disconnect');
  process.disconnect?.();
  await closed;
}

function listen(options: ListenOptions): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ ...options, backlog: 128 }, () => resolve(server));
  });
}

function give(message: { name: string; port?: number }, server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, server, {}, (error) => {
      if (error) return reject(error);
      // Both of us would accept on it otherwise.
      server.close();
      resolve();
    });
  });
}
