/**
 * Bounds the connections of one address, serves the requests of each one after another, and shows out who sends them
 * without waiting for the answers.
 */
import type { Socket } from 'node:net';
import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';

/** Requests that a connection may send ahead. Browsers and proxies send none; programs that do, a few. */
const maxAhead = 32;
/** For how long the address of one that sent more is not listened to. */
const shutMs = 5_000;
/** The log tells of each kind of refusal this seldom. */
const toldEveryMs = 60_000;

/**
 * An address has no more connections than it may, and those beyond are closed before anything is read from them. Behind a
 * proxy all are the proxy's, which bounds its own clients.
 *
 * Registered before every other hook, so that nothing is done for a request whose answer nobody waits for yet; HTTP/1.1
 * answers in order anyway. Node takes everything apart that one read brings, a thousand small requests at once, and
 * cannot be told to stop. So an address that floods one connection loses all that it has, and is not read from for a
 * while: nothing else costs it, or keeps it from costing us, as much.
 */
export function limitConnections(
  app: FastifyInstance,
  { connectionsPerAddress, publicOrigin }: Pick<Config, 'connectionsPerAddress' | 'publicOrigin'>,
): void {
  const mostOpen = publicOrigin === undefined ? connectionsPerAddress : Number.POSITIVE_INFINITY;
  const lines = new WeakMap<Socket, { ahead: number; last: Promise<void> }>();
  const open = new Map<string, Set<Socket>>();
  const shut = new Set<string>();
  // Whoever is shown out is told nothing, so that the keeper has to be.
  const tellOfCrowd = seldom(() =>
    app.log.warn(
      { connectionsPerAddress },
      'An address has as many connections as it may, and further ones of its own are closed. Where it is a proxy, set PUBLIC_ORIGIN; where it is a whole class, raise CONNECTIONS_PER_ADDRESS.',
    ),
  );
  const tellOfFlood = seldom(() =>
    app.log.warn({ maxAhead, shutMs }, 'An address sent requests without waiting for answers, and is shut out.'),
  );

  app.server.on('connection', (socket: Socket) => {
    const address = addressOfSocket(socket);
    const all = open.get(address) ?? new Set();
    if (shut.has(address) || all.size >= mostOpen) {
      if (all.size >= mostOpen) tellOfCrowd();
      socket.destroy();
      return;
    }
    open.set(address, all.add(socket));
    socket.once('close', () => forget(socket, address));
  });
  // A WebSocket is no longer taken apart as requests, and somebody else's at the same address may be in the middle of a run.
  app.server.on('upgrade', (_request, stream) => {
    const socket = stream as Socket;
    forget(socket, addressOfSocket(socket));
  });

  function forget(socket: Socket, address: string): void {
    const all = open.get(address);
    all?.delete(socket);
    if (all?.size === 0) open.delete(address);
  }

  function shutOut(socket: Socket): void {
    const address = addressOfSocket(socket);
    for (const one of [socket, ...(open.get(address) ?? [])]) one.destroy();
    if (shut.has(address)) return;
    tellOfFlood();
    shut.add(address);
    setTimeout(() => shut.delete(address), shutMs).unref();
  }

  app.addHook('onRequest', async (request, reply) => {
    // A WebSocket that a test injects has none.
    const socket: Socket | undefined = request.raw.socket;
    if (socket === undefined) return;
    const line = lines.get(socket) ?? { ahead: 0, last: Promise.resolve() };
    lines.set(socket, line);
    if (line.ahead >= maxAhead && !socket.destroyed) shutOut(socket);
    if (socket.destroyed) return reply.hijack();
    line.ahead += 1;
    const before = line.last;
    line.last = new Promise((resolve) => {
      reply.raw.once('close', () => {
        line.ahead -= 1;
        resolve();
      });
    });
    await before;
    if (socket.destroyed) return reply.hijack();
  });
}

/** What tells the same at most once a minute, whatever storm comes. */
function seldom(tell: () => void): () => void {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - last < toldEveryMs) return;
    last = performance.now();
    tell();
  };
}

/** The other end of a connection: of an IPv6 address the part that one customer is given. */
function addressOfSocket({ remoteAddress }: Socket): string {
  return remoteAddress === undefined ? 'unknown' : normalizeIP(remoteAddress, 64);
}
