import type { Server, Socket } from 'node:net';
import { z } from 'zod';
import { readFrames, type Sandbox } from '../../sandbox/index.ts';
import type { AgentCommand, AgentEvent, Door } from './messages.ts';

const event = z.discriminatedUnion('event', [
  z.object({ event: z.literal('unpacked'), ok: z.boolean() }),
  z.object({ event: z.literal('exited'), code: z.int() }),
  z.object({ event: z.literal('exec-exited'), id: z.int(), code: z.int() }),
  z.object({ event: z.literal('refused'), id: z.int() }),
  z.object({ event: z.literal('listening'), ports: z.array(z.int().min(1).max(65_535)).max(32) }),
]) satisfies z.ZodType<AgentEvent>;

const maxFrameBytes = 4096;
const unpackDeadlineMs = 20_000;
/** What a shell makes of a process that was killed. */
const killedExitCode = 137;
/** What a stream begins with: its id, or a door. */
const maxHeadLength = 24;
/** Sockets that have not said yet what they are for. Whatever runs in the container can open them. */
const maxUnnamed = 128;
/** Connections to other containers that one may have at once. */
const maxDialled = 128;
/** How long the agent may take to open a stream that it was asked for. */
const streamDeadlineMs = 10_000;

/**
 * The runner's side of a container's agent: commands out, events in, and one socket for each connection or exec. The
 * agent may have been subverted, so what it sends is checked and whatever it breaks is its own container.
 */
export class AgentClient {
  readonly #sandbox: Sandbox;
  readonly #waiting = new Map<number, PromiseWithResolvers<Socket>>();
  readonly #execs = new Map<number, PromiseWithResolvers<number>>();
  #unpacked = Promise.withResolvers<void>();
  #failure: Error | undefined;
  #exited = Promise.withResolvers<number>();
  #nextId = 1;
  #unnamed = 0;
  readonly #dialled = new Set<Socket>();
  /** What becomes of a connection to another container; `door` is the address and port that it was made to. */
  onDial: ((socket: Socket, door: string) => void) | undefined;
  onListening: ((ports: readonly number[]) => void) | undefined;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    readFrames(
      sandbox.control,
      maxFrameBytes,
      (value) => this.#receive(value),
      () => sandbox.kill(),
    );
    const streams = sandbox.listeners.find(({ name }) => name === 'streams')?.server as Server;
    streams.on('connection', (socket) => this.#adopt(socket));
    void sandbox.exited.then(() => this.#fail(new Error('the container’s sandbox ended')));
  }

  /** Unpacks a tar archive into a folder, both inside the sandbox. */
  async unpack(from: string, to: string): Promise<void> {
    if (this.#failure) throw this.#failure;
    this.#unpacked = Promise.withResolvers();
    this.#send({ op: 'unpack', from, to });
    const timer = setTimeout(() => this.#unpacked.reject(new Error('unpacking took too long')), unpackDeadlineMs);
    await this.#unpacked.promise.finally(() => clearTimeout(timer));
  }

  /** Starts the main process. The promise it resolves to is the exit code. */
  start(argv: string[], env: Record<string, string>, cwd: string): Promise<number> {
    this.#exited = Promise.withResolvers();
    if (this.#failure) this.#exited.resolve(killedExitCode);
    this.#send({ op: 'start', argv, env, cwd });
    return this.#exited.promise;
  }

  signal(signal: string): void {
    this.#send({ op: 'signal', signal });
  }

  /** Opens a connection to a port in the container. Rejects if nothing listens there. */
  connect(port: number): Promise<Socket> {
    return this.#open((id) => this.#send({ op: 'connect', id, port }));
  }

  /**
   * Starts a process; its output comes multiplexed over the stream, or `raw`, its exit code when it has ended.
   *
   * @param how with `input`, what is written to the stream is its standard input, which ends when the stream is ended
   */
  async exec(
    argv: string[],
    env: Record<string, string>,
    cwd: string,
    how: { input?: boolean; raw?: boolean } = {},
  ): Promise<{ stream: Socket; exitCode: Promise<number> }> {
    const ended = Promise.withResolvers<number>();
    ended.promise.catch(() => undefined);
    const stream = await this.#open((id) => {
      this.#execs.set(id, ended);
      this.#send({ op: 'exec', id, argv, env, cwd, input: how.input ?? false, raw: how.raw ?? false });
    });
    return { stream, exitCode: ended.promise };
  }

  async #open(ask: (id: number) => void): Promise<Socket> {
    if (this.#failure) throw this.#failure;
    const id = this.#nextId++;
    const stream = Promise.withResolvers<Socket>();
    this.#waiting.set(id, stream);
    ask(id);
    const timer = setTimeout(() => stream.reject(new Error('the container did not answer')), streamDeadlineMs);
    try {
      return await stream.promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  /** Takes a socket in: its first line says which request it answers. One that answers none is closed. */
  #adopt(socket: Socket): void {
    if (this.#unnamed >= maxUnnamed) {
      socket.destroy();
      return;
    }
    this.#unnamed += 1;
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    let head = '';
    let named = false;
    const timer = setTimeout(() => socket.destroy(), streamDeadlineMs);
    const settle = () => {
      clearTimeout(timer);
      if (!named) this.#unnamed -= 1;
      named = true;
    };
    const read = () => {
      for (let byte = socket.read(1); byte !== null; byte = socket.read(1)) {
        const character = (byte as Buffer).toString('latin1');
        if (character !== '\n' && head.length < maxHeadLength) {
          head += character;
          continue;
        }
        socket.off('readable', read);
        settle();
        if (head.includes(':') && character === '\n') return this.#dial(socket, head);
        const stream = this.#waiting.get(Number(head));
        if (stream && character === '\n') stream.resolve(socket);
        else socket.destroy();
        return;
      }
    };
    socket.on('readable', read);
    socket.once('close', settle);
  }

  #dial(socket: Socket, door: string): void {
    if (!this.onDial || this.#dialled.size >= maxDialled) {
      socket.destroy();
      return;
    }
    this.#dialled.add(socket);
    socket.once('close', () => this.#dialled.delete(socket));
    this.onDial(socket, door);
  }

  /** Tells the container which others it can reach, and whether its own ports are to be watched. */
  network(hosts: { address: string; names: string[] }[], doors: Door[], watch: boolean): void {
    this.#send({ op: 'network', hosts, doors, watch });
  }

  #receive(value: unknown): void {
    const parsed = event.safeParse(value);
    if (!parsed.success) {
      this.#sandbox.kill();
      return;
    }
    const { data } = parsed;
    if (data.event === 'unpacked') {
      if (data.ok) this.#unpacked.resolve();
      else this.#unpacked.reject(new Error('the files of the image could not be put in place'));
    } else if (data.event === 'exited') this.#exited.resolve(data.code);
    else if (data.event === 'listening') this.onListening?.(data.ports);
    else if (data.event === 'refused') this.#waiting.get(data.id)?.reject(new Error('connection refused'));
    else if (data.event === 'exec-exited') {
      this.#execs.get(data.id)?.resolve(data.code);
      this.#execs.delete(data.id);
    }
  }

  #send(command: AgentCommand): void {
    this.#sandbox.send(command);
  }

  #fail(error: Error): void {
    this.#failure = error;
    for (const stream of this.#waiting.values()) stream.reject(error);
    for (const exec of this.#execs.values()) exec.resolve(killedExitCode);
    this.#unpacked.promise.catch(() => undefined);
    this.#unpacked.reject(error);
    this.#exited.resolve(killedExitCode);
  }
}
