import type { Server, Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';

/**
 * Carries every connection that is made to `listener`, a port on the learner's loopback, to wherever `connect` leads: a
 * port in a service container. It is the one place where all that crosses the boundary passes through trusted code.
 *
 * @returns how to stop: the listener takes no more, and open connections are cut
 */
export function relay(listener: Server, connect: () => Promise<Socket>): () => void {
  const open = new Set<Socket>();
  const accept = async (client: Socket) => {
    open.add(client);
    client.setNoDelay(true);
    client.on('error', () => client.destroy());
    client.once('close', () => open.delete(client));
    let service: Socket;
    try {
      service = await connect();
    } catch {
      // As the kernel would: a port with nothing behind it resets.
      client.resetAndDestroy();
      return;
    }
    open.add(service);
    service.once('close', () => open.delete(service));
    await Promise.allSettled([pipeline(client, service), pipeline(service, client)]);
  };
  listener.on('connection', accept);
  return () => {
    listener.off('connection', accept);
    for (const socket of open) socket.destroy();
  };
}
