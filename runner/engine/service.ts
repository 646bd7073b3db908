import type { Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Sandbox, type SandboxLimits } from '../sandbox/index.ts';
import { AgentClient } from './agent/client.ts';
import { agentCommand, agentMounts, agentVariables } from './agent/launch.ts';
import { ContainerLog } from './container-log.ts';
import type { Image } from './image.ts';

/** What a container runs: all that decides how its main process starts. */
export type ServiceSpec = {
  image: Image;
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  workingDir: string;
  place: Place;
};

/** Where it runs: what decides how its sandbox is built, beyond the image. */
export type Place = {
  uid: number;
  gid: number;
  hostname?: string;
  /** Folders with a file system of their own. */
  tmpfs: readonly string[];
  /** Less than a container has otherwise. */
  memoryBytes?: number;
};

/** The place of a container whose request asks for nothing of its own. */
export function usualPlace({ uid, gid }: Image): Place {
  return { uid, gid, tmpfs: [] };
}

/** How long a start waits for the service to be ready before it is called started anyway, as an engine would that knows nothing of it. */
const readyDeadlineMs = 10_000;
const logBytes = 1 << 20;
/** Nothing that tells of readiness is longer. */
const longestLine = 200;

/** A sandbox with an agent and a file system, in which a container's main process runs, ends and may run again. */
export class Service implements AsyncDisposable {
  readonly spec: ServiceSpec;
  readonly agent: AgentClient;
  readonly log = new ContainerLog(logBytes);
  readonly #sandbox: Sandbox;
  #exit: Promise<number> = Promise.resolve(0);
  #running = false;
  #engineSocketTaken = false;
  /** When the main process was started last. */
  startedAt = new Date(0);

  private constructor(spec: ServiceSpec, sandbox: Sandbox) {
    this.spec = spec;
    this.#sandbox = sandbox;
    this.agent = new AgentClient(sandbox);
    sandbox.onOutput((stream, chunk) => this.log.append(stream, chunk));
  }

  /**
   * Builds the sandbox and puts the image's files in place; nothing is started yet. Rejects if that cannot be done, or
   * when `signal` is aborted, and leaves nothing behind then.
   */
  static async boot(spec: ServiceSpec, limits: SandboxLimits, signal?: AbortSignal): Promise<Service> {
    const { image, place } = spec;
    // Before the sandbox: what fails here must not leave one.
    const seed = await image.seed(spec.env);
    const sandbox = await Sandbox.launch({
      command: agentCommand,
      env: {
        PATH: image.config.env.PATH ?? '/usr/bin:/bin',
        HOME: '/tmp',
        ...agentVariables,
        ...(image.engineSocket ? { BOUNDARY_ENGINE_SOCKET: image.engineSocket } : {}),
      },
      cwd: '/',
      uid: place.uid,
      gid: place.gid,
      hostname: place.hostname ?? 'boundary',
      readOnly: [...agentMounts(), ...image.readOnly],
      writable: ['/', ...image.writable, ...place.tmpfs, '/run/boundary'],
      folders: image.folders,
      limits: { ...limits, memoryBytes: Math.min(limits.memoryBytes, place.memoryBytes ?? limits.memoryBytes) },
    });
    const kill = () => sandbox.kill();
    signal?.addEventListener('abort', kill, { once: true });
    try {
      signal?.throwIfAborted();
      const service = new Service(spec, sandbox);
      if (seed) await service.agent.unpack(seed.from, seed.to);
      return service;
    } catch (error) {
      await sandbox[Symbol.asyncDispose]();
      throw error;
    } finally {
      signal?.removeEventListener('abort', kill);
    }
  }

  /** The socket in it that its image wants the engine on, the first time; undefined later, or where it wants none. */
  takeEngineSocket(): Server | undefined {
    if (this.#engineSocketTaken) return undefined;
    this.#engineSocketTaken = true;
    return this.#sandbox.listeners.find(({ name }) => name === 'engine')?.server;
  }

  /** Whether the main process was started and has not ended. */
  get running(): boolean {
    return this.#running;
  }

  /** Starts the main process and resolves once the service is ready, has ended, or takes too long. */
  async start(): Promise<void> {
    const { argv, env, workingDir, image } = this.spec;
    this.log.reopen();
    this.startedAt = new Date();
    const from = this.startedAt.getTime();
    const exit = this.agent.start([...argv], { ...env }, workingDir);
    this.#running = true;
    this.#exit = exit;
    void exit.then(() => {
      this.#running = false;
      this.log.end();
    });
    await this.#ready(image.readiness(this.spec), from);
  }

  /**
   * Has the agent do once what clients will ask of it: run a program, and connect to each port. What has run once is
   * compiled, and takes half of the time from then on. Nothing of it stays but process ids that are taken.
   */
  async rehearse(): Promise<void> {
    const { env, workingDir, image } = this.spec;
    const { stream, exitCode } = await this.agent.exec(['true'], { ...env }, workingDir);
    stream.resume();
    await exitCode;
    for (const port of image.config.exposedPorts) {
      const socket = await this.agent.connect(Number.parseInt(port, 10));
      socket.destroy();
    }
  }

  /** The exit code of the main process that was started last, once it ends. */
  get exit(): Promise<number> {
    return this.#exit;
  }

  async #ready(awaited: readonly RegExp[], from: number): Promise<void> {
    if (awaited.length === 0) return;
    const query = {
      stdout: true,
      stderr: true,
      since: from,
      until: Number.POSITIVE_INFINITY,
      tail: Number.POSITIVE_INFINITY,
    };
    const { promise, resolve } = Promise.withResolvers<void>();
    // Each chunk is looked through once, with the end of the one before it: whatever is printed, the work is linear.
    let rest = '';
    let next = 0;
    const look = (bytes: Buffer) => {
      let text = rest + bytes.toString('latin1');
      for (let found = awaited[next]?.exec(text); found; found = awaited[next]?.exec(text)) {
        text = text.slice(found.index + found[0].length);
        if (++next === awaited.length) resolve();
      }
      rest = text.slice(-longestLine);
    };
    for (const { bytes } of this.log.select(query)) look(bytes);
    const stop = this.log.follow(query, ({ bytes }) => look(bytes), resolve);
    const given = new AbortController();
    await Promise.race([promise, delay(readyDeadlineMs, undefined, { signal: given.signal }).catch(() => undefined)]);
    given.abort();
    stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sandbox[Symbol.asyncDispose]();
    await this.#exit;
    this.log.end();
  }
}
