import type { Server, Socket } from 'node:net';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import type { Tap } from '../trace/index.ts';
import { carry } from './agent/carry.ts';

/** Sockets that one published port may hold here, two a connection; PostgreSQL itself takes 100 connections. */
const maxSockets = 512;
/** How long connections that their client has ended may take to reach their service, before it is stopped. */
const settleDeadlineMs = 500;

/**
 * Carries every connection that is made to a port on the learner's loopback to wherever `connect` leads: a port in a
 * service container. It is the one place where all that crosses the boundary passes through trusted code.
 */
export class Relay {
  readonly #listener: Server;
  readonly #connect: () => Promise<Socket>;
  readonly #isFarewell: (chunk: Buffer) => boolean;
  readonly #openTap: ((clientPort: number | undefined) => Tap) | undefined;
  readonly #open = new Set<Socket>();
  /** Connections that their client has taken leave of and that have not yet closed. */
  readonly #ending = new Set<Promise<unknown>>();
  #stopped = false;
  readonly #accept = (client: Socket) => void this.#carry(client);

  /**
   * @param connect opens a connection to the service
   * @param isFarewell whether a chunk that a client sent ends with its protocol's last message
   * @param openTap reads a new connection in passing; it is told the client's own port, if it is still there
   */
  constructor(
    listener: Server,
    connect: () => Promise<Socket>,
    isFarewell: (chunk: Buffer) => boolean,
    openTap?: (clientPort: number | undefined) => Tap,
  ) {
    this.#listener = listener;
    this.#connect = connect;
    this.#isFarewell = isFarewell;
    this.#openTap = openTap;
    listener.on('connection', this.#accept);
  }

  async #carry(client: Socket): Promise<void> {
    client.on('error', () => client.destroy());
    if (this.#open.size >= maxSockets) {
      client.resetAndDestroy();
      return;
    }
    this.#keep(client);
    client.setNoDelay(true);
    const { remotePort } = client;
    let service: Socket;
    try {
      service = await this.#connect();
    } catch {
      // As the kernel would: a port with nothing behind it resets.
      client.resetAndDestroy();
      return;
    }
    this.#keep(service);
    const both = carry(client, service);
    const tap = this.#openTap?.(remotePort);
    service.on('data', (chunk: Buffer) => tap?.fromServer(chunk));
    const over = Promise.withResolvers<void>();
    let [endedBy, isOver]: ['client' | 'server' | undefined, boolean] = [undefined, false];
    const leave = () => {
      endedBy ??= 'client';
      if (!isOver) this.#ending.add(over.promise);
    };
    client.once('close', () => {
      endedBy ??= this.#stopped ? 'server' : 'client';
    });
    service.once('end', () => {
      endedBy ??= 'server';
    });
    client.on('data', (chunk: Buffer) => {
      tap?.fromClient(chunk);
      if (this.#isFarewell(chunk)) leave();
    });
    client.once('end', leave);
    await both;
    tap?.closed(endedBy ?? 'server');
    isOver = true;
    this.#ending.delete(over.promise);
    over.resolve();
  }

  #keep(socket: Socket): void {
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
  }

  /**
   * Lets a farewell arrive that a client has sent already. A client that ends its connections and then stops the
   * container sends the two on different ways, and the second must not overtake the first: the service would take the
   * connection for a live one and break it with an error.
   */
  async settle(): Promise<void> {
    // What is in the sockets is read within a turn of the event loop; its consequences within the next.
    await turn();
    await turn();
    if (this.#ending.size === 0) return;
    const given = new AbortController();
    const deadline = delay(settleDeadlineMs, undefined, { signal: given.signal }).catch(() => undefined);
    await Promise.race([Promise.all(this.#ending), deadline]);
    given.abort();
  }

  /** Takes no more connections and cuts the open ones. */
  stop(): void {
    this.#stopped = true;
    this.#listener.off('connection', this.#accept);
    for (const socket of this.#open) socket.destroy();
  }
}
