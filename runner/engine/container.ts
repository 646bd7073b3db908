import { randomBytes } from 'node:crypto';
import type { Server, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxLimits } from '../sandbox/index.ts';
import type { TraceRecorder } from '../trace/index.ts';
import type { AgentClient } from './agent/client.ts';
import type { ContainerLog } from './container-log.ts';
import { BootError, EngineError } from './errors.ts';
import { Exec } from './exec.ts';
import { HealthCheck, type HealthConfig } from './health.ts';
import type { Image } from './image.ts';
import { type Publication, PublishedPorts } from './published-ports.ts';
import { type Place, Service, type ServiceSpec } from './service.ts';
import type { ServicePool } from './service-pool.ts';
import { type Host, Surroundings } from './surroundings.ts';

/** What a client asked for, checked. */
export type ContainerRequest = {
  name: string;
  image: Image;
  /** As the client wrote it. */
  reference: string;
  entrypoint: readonly string[];
  cmd: readonly string[];
  env: Readonly<Record<string, string>>;
  workingDir: string;
  labels: Readonly<Record<string, string>>;
  /** Container ports to publish, such as 5432. */
  publish: readonly number[];
  exposed: readonly number[];
  health: HealthConfig | undefined;
  autoRemove: boolean;
  stopSignal: string;
  /** As the client wrote it. */
  user: string;
  place: Place;
  /** The networks that it is to be in, by id or name. */
  networks: readonly { key: string; aliases: readonly string[] }[];
  /** Names that it is to know beyond those of its networks. */
  extraHosts: readonly Host[];
  /** What it asked for and `inspect` tells again, whether it is held to it or not. */
  quota: { memory: number; nanoCpus: number };
};

export type ContainerStatus = 'created' | 'running' | 'exited';

export type ContainerSetting = {
  limits: SandboxLimits;
  services: ServicePool;
  /** Keeps what crosses its published ports. */
  trace: TraceRecorder | undefined;
  /** @param ms how long the step took */
  onChange: (status: ContainerStatus, ms: number) => void;
  /** A process in it connects to another container, at an address and port of its own loopback. */
  onDial: (socket: Socket, door: string) => void;
  /** Its processes listen on other ports than before. */
  onListening: () => void;
  /** Serves the engine itself on a socket in it, where its image wants one. */
  serveEngine: (listener: Server) => void;
};
/** Commands that a container keeps the results of. */
const maxExecs = 128;

/** A service container: a sandbox with an agent in it, from `create` on until it is removed. */
export class Container implements AsyncDisposable {
  readonly id = randomBytes(32).toString('hex');
  readonly createdAt = new Date();
  readonly request: ContainerRequest;
  readonly execs = new Map<string, Exec>();
  readonly health: HealthCheck | undefined;
  status: ContainerStatus = 'created';
  startedAt: Date | undefined;
  finishedAt: Date | undefined;
  exitCode = 0;
  readonly surroundings: Surroundings;
  readonly #published: PublishedPorts;
  #service: Promise<Service>;
  readonly #setting: ContainerSetting;
  readonly #abandoned = new AbortController();
  #exit: Promise<void> = Promise.resolve();
  readonly #onChange: ContainerSetting['onChange'];

  constructor(request: ContainerRequest, setting: ContainerSetting) {
    this.request = request;
    this.#setting = setting;
    this.#onChange = setting.onChange;
    this.surroundings = new Surroundings(request.extraHosts);
    this.#published = new PublishedPorts(this.id, request.image, setting.trace);
    this.health = request.health && new HealthCheck(request.health, (argv) => this.#probe(argv));
    // The sandbox comes up while the client is still on its way to `start`.
    this.#service = this.#find(setting);
    this.#service.catch(() => undefined);
  }

  async #find({ limits, services }: ContainerSetting): Promise<Service> {
    try {
      return (
        (await services.takeRunning(this.#spec)) ?? (await Service.boot(this.#spec, limits, this.#abandoned.signal))
      );
    } catch (cause) {
      throw new BootError('The container could not be made, through a fault of the runner.', { cause });
    }
  }

  get #spec(): ServiceSpec {
    const { image, entrypoint, cmd, env, workingDir, place } = this.request;
    return { image, argv: [...entrypoint, ...cmd], env, workingDir, place };
  }

  /**
   * The agent in its file system. Before the first start that has to be a file system in which nothing has run: what is
   * put there now is for the start to find. A service that was started in advance makes room for one that was not.
   */
  async files(): Promise<AgentClient> {
    if (this.status === 'created') {
      this.#service = this.#service.then(async (service) => {
        if (!service.running) return service;
        await service[Symbol.asyncDispose]();
        return Service.boot(this.#spec, this.#setting.limits, this.#abandoned.signal);
      });
      this.#service.catch(() => undefined);
    }
    return (await this.#service).agent;
  }

  /** What it wrote. Waits for a container that is still being made. */
  async log(): Promise<ContainerLog> {
    return (await this.#service).log;
  }

  /** Starts the main process and resolves once the service is ready and was looked at, has ended, or takes too long. */
  async start(publications: readonly Publication[]): Promise<void> {
    const service = await this.#service;
    const began = performance.now();
    this.finishedAt = undefined;
    this.status = 'running';
    this.#settleIn(service);
    if (!service.running) await service.start();
    // Clients ask for the log since then, and the lines of a service that ran already are older than this call.
    this.startedAt = service.startedAt;
    this.#exit = service.exit.then((code) => this.#ended(code));
    for (const one of publications) this.#published.publish(one, () => service.agent.connect(one.port));
    if (service.running) await this.health?.start();
    this.#onChange('running', performance.now() - began);
  }

  /** Takes a service over: its calls to others and to the engine, and a first word on who they are. */
  #settleIn(service: Service): void {
    const { onDial, onListening, serveEngine } = this.#setting;
    service.agent.onDial = onDial;
    const listener = service.takeEngineSocket();
    if (listener) serveEngine(listener);
    this.surroundings.enter(service.agent, onListening);
    onListening();
  }

  /** Opens a connection to one of its ports. */
  async connect(port: number): Promise<Socket> {
    return (await this.#service).agent.connect(port);
  }

  #ended(code: number): void {
    this.status = 'exited';
    this.exitCode = code;
    this.finishedAt = new Date();
    this.health?.stop();
    this.surroundings.leave();
    this.#published.unpublish();
    this.#onChange('exited', 0);
  }

  get running(): boolean {
    return this.status === 'running';
  }

  get env(): Readonly<Record<string, string>> {
    return this.request.env;
  }

  /** Published ports: container port → port on the learner's loopback. */
  get ports(): { port: number; hostPort: number }[] {
    return this.#published.list();
  }

  /** Lets connections arrive that their clients have ended already. */
  settle(): Promise<void> {
    return this.#published.settle();
  }

  /** Signals the main process, and kills it when `graceSeconds` have passed. */
  async stop(graceSeconds: number, signal: string = this.request.stopSignal): Promise<void> {
    if (this.status !== 'running') return;
    const { agent } = await this.#service;
    await this.settle();
    agent.signal(signal);
    const given = new AbortController();
    const expired = delay(graceSeconds * 1000, 'expired' as const, { signal: given.signal }).catch(() => undefined);
    if ((await Promise.race([this.#exit, expired])) === 'expired') agent.signal('SIGKILL');
    await this.#exit;
    given.abort();
  }

  async kill(signal: string): Promise<void> {
    if (this.status !== 'running') throw new EngineError(409, `Container ${this.id} is not running`);
    const { agent } = await this.#service;
    await this.settle();
    agent.signal(signal);
    if (signal === 'SIGKILL') await this.#exit;
  }

  /** Resolves with the exit code once the main process has ended. */
  async wait(): Promise<number> {
    await this.#exit;
    return this.exitCode;
  }

  /** Throws {@link EngineError} 409 if it does not run, 429 if too many commands are under way. */
  createExec(argv: readonly string[], env: Readonly<Record<string, string>>, workingDir: string): Exec {
    if (this.status !== 'running') throw new EngineError(409, `Container ${this.id} is not running`);
    const exec = new Exec(argv, { ...this.request.env, ...env }, workingDir, this.id);
    if (this.execs.size >= maxExecs) {
      const done = [...this.execs.values()].find(({ exitCode }) => exitCode !== null);
      if (!done)
        throw new EngineError(429, `${maxExecs} commands are under way in this container; wait for some to end.`);
      this.execs.delete(done.id);
    }
    this.execs.set(exec.id, exec);
    return exec;
  }

  async startExec(exec: Exec): ReturnType<Exec['start']> {
    if (this.status !== 'running') throw new EngineError(409, `Container ${this.id} is not running`);
    const { agent } = await this.#service;
    return exec.start(agent);
  }

  async #probe(argv: readonly string[]): Promise<{ exitCode: number; output: string }> {
    const { agent } = await this.#service;
    return new Exec(argv, this.request.env, this.request.workingDir, this.id).run(agent);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.health?.stop();
    this.#abandoned.abort();
    const service = await this.#service.catch(() => undefined);
    await service?.[Symbol.asyncDispose]();
    await this.#exit;
    this.#published.unpublish();
  }
}
