import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Sandbox, type SandboxLimits } from '../sandbox/index.ts';
import { AgentClient } from './agent/client.ts';
import { agentCommand, agentMounts } from './agent/launch.ts';
import { ContainerLog } from './container-log.ts';
import { EngineError } from './errors.ts';
import { Exec } from './exec.ts';
import { HealthCheck, type HealthConfig } from './health.ts';
import type { Image } from './image.ts';
import type { PortLease } from './ports.ts';
import { relay } from './relay.ts';

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
};

export type ContainerStatus = 'created' | 'running' | 'exited';
/** How long `start` waits for the service to be ready before it answers anyway, as an engine that knows nothing of it would. */
const readyDeadlineMs = 10_000;
const logBytes = 1 << 20;

/** A service container: a sandbox with an agent in it, from `create` on until it is removed. */
export class Container implements AsyncDisposable {
  readonly id = randomBytes(32).toString('hex');
  readonly createdAt = new Date();
  readonly request: ContainerRequest;
  readonly log = new ContainerLog(logBytes);
  readonly execs = new Map<string, Exec>();
  readonly health: HealthCheck | undefined;
  status: ContainerStatus = 'created';
  startedAt: Date | undefined;
  finishedAt: Date | undefined;
  exitCode = 0;
  #leases: { port: number; lease: PortLease; stop: () => void }[] = [];
  readonly #boot: Promise<{ sandbox: Sandbox; agent: AgentClient }>;
  #exit: Promise<void> = Promise.resolve();
  readonly #onChange: (status: ContainerStatus) => void;

  constructor(request: ContainerRequest, limits: SandboxLimits, onChange: (status: ContainerStatus) => void) {
    this.request = request;
    this.#onChange = onChange;
    this.health = request.health && new HealthCheck(request.health, (argv) => this.#probe(argv));
    // The sandbox comes up while the client is still on its way to `start`.
    this.#boot = this.#launch(limits);
    this.#boot.catch(() => undefined);
  }

  async #launch(limits: SandboxLimits): Promise<{ sandbox: Sandbox; agent: AgentClient }> {
    const { image } = this.request;
    const [sandbox, seed] = await Promise.all([
      Sandbox.launch({
        command: agentCommand,
        env: { PATH: image.config.env.PATH ?? '/usr/bin:/bin', HOME: '/tmp' },
        cwd: '/',
        uid: image.uid,
        gid: image.gid,
        readOnly: [...agentMounts(), ...image.readOnly],
        writable: [...image.writable, '/run/boundary'],
        limits,
      }),
      image.seed(this.request.env),
    ]);
    sandbox.onOutput((stream, chunk) => this.log.append(stream, chunk));
    const agent = new AgentClient(sandbox);
    if (seed) await agent.copy(seed.from, seed.to);
    return { sandbox, agent };
  }

  /** Starts the main process and resolves once the service is ready, the process has ended, or it takes too long. */
  async start(leases: readonly { port: number; lease: PortLease }[]): Promise<void> {
    const { agent } = await this.#boot;
    const { entrypoint, cmd, env, workingDir, image } = this.request;
    this.log.reopen();
    this.startedAt = new Date();
    this.finishedAt = undefined;
    this.status = 'running';
    const exited = agent.start([...entrypoint, ...cmd], { ...env }, workingDir);
    this.#exit = exited.then((code) => this.#ended(code));
    this.#leases = leases.map(({ port, lease }) => ({
      port,
      lease,
      stop: relay(lease.server, () => agent.connect(port)),
    }));
    await this.#ready(image.ready);
    this.health?.start();
    this.#onChange('running');
  }

  async #ready(pattern: RegExp): Promise<void> {
    const from = this.startedAt?.getTime() ?? 0;
    const query = {
      stdout: true,
      stderr: true,
      since: from,
      until: Number.POSITIVE_INFINITY,
      tail: Number.POSITIVE_INFINITY,
    };
    const seen = () => pattern.test(Buffer.concat(this.log.select(query).map(({ bytes }) => bytes)).toString('utf8'));
    if (seen()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = this.log.follow(query, () => seen() && resolve(), resolve);
    const given = new AbortController();
    await Promise.race([promise, delay(readyDeadlineMs, undefined, { signal: given.signal }).catch(() => undefined)]);
    given.abort();
    stop();
  }

  #ended(code: number): void {
    this.status = 'exited';
    this.exitCode = code;
    this.finishedAt = new Date();
    this.health?.stop();
    this.log.end();
    this.#unpublish();
    this.#onChange('exited');
  }

  #unpublish(): void {
    for (const { lease, stop } of this.#leases.splice(0)) {
      stop();
      lease.giveBack();
    }
  }

  /** Published ports: container port → port on the learner's loopback. */
  get ports(): { port: number; hostPort: number }[] {
    return this.#leases.map(({ port, lease }) => ({ port, hostPort: lease.port }));
  }

  /** Signals the main process, and kills it when `graceSeconds` have passed. */
  async stop(graceSeconds: number, signal: string = this.request.stopSignal): Promise<void> {
    if (this.status !== 'running') return;
    const { agent } = await this.#boot;
    agent.signal(signal);
    const given = new AbortController();
    const expired = delay(graceSeconds * 1000, 'expired' as const, { signal: given.signal }).catch(() => undefined);
    if ((await Promise.race([this.#exit, expired])) === 'expired') agent.signal('SIGKILL');
    await this.#exit;
    given.abort();
  }

  async kill(signal: string): Promise<void> {
    if (this.status !== 'running') throw new EngineError(409, `Container ${this.id} is not running`);
    const { agent } = await this.#boot;
    agent.signal(signal);
    if (signal === 'SIGKILL') await this.#exit;
  }

  /** Resolves with the exit code once the main process has ended. */
  async wait(): Promise<number> {
    await this.#exit;
    return this.exitCode;
  }

  createExec(argv: readonly string[], env: Readonly<Record<string, string>>, workingDir: string): Exec {
    if (this.status !== 'running') throw new EngineError(409, `Container ${this.id} is not running`);
    const exec = new Exec(argv, { ...this.request.env, ...env }, workingDir, this.id);
    this.execs.set(exec.id, exec);
    return exec;
  }

  async startExec(exec: Exec): ReturnType<Exec['start']> {
    if (this.status !== 'running') throw new EngineError(409, `Container ${this.id} is not running`);
    const { agent } = await this.#boot;
    return exec.start(agent);
  }

  async #probe(argv: readonly string[]): Promise<{ exitCode: number; output: string }> {
    const { agent } = await this.#boot;
    return new Exec(argv, this.request.env, this.request.workingDir, this.id).run(agent);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.health?.stop();
    const booted = await this.#boot.catch(() => undefined);
    await booted?.sandbox[Symbol.asyncDispose]();
    await this.#exit;
    this.#unpublish();
    this.log.end();
  }
}
