import { setTimeout as delay } from 'node:timers/promises';
import { Sandbox, type SandboxLimits } from '../sandbox/index.ts';
import { AgentClient } from './agent/client.ts';
import { agentCommand, agentMounts } from './agent/launch.ts';
import { ContainerLog } from './container-log.ts';
import type { Image } from './image.ts';

/** What a container runs: all that decides how its main process starts. */
export type ServiceSpec = {
  image: Image;
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  workingDir: string;
};

/** How long a start waits for the service to be ready before it is called started anyway, as an engine would that knows nothing of it. */
const readyDeadlineMs = 10_000;
const logBytes = 1 << 20;

/** A sandbox with an agent and a file system, in which a container's main process runs, ends and may run again. */
export class Service implements AsyncDisposable {
  readonly spec: ServiceSpec;
  readonly agent: AgentClient;
  readonly log = new ContainerLog(logBytes);
  readonly #sandbox: Sandbox;
  #exit: Promise<number> = Promise.resolve(0);
  #running = false;

  private constructor(spec: ServiceSpec, sandbox: Sandbox) {
    this.spec = spec;
    this.#sandbox = sandbox;
    this.agent = new AgentClient(sandbox);
    sandbox.onOutput((stream, chunk) => this.log.append(stream, chunk));
  }

  /** Builds the sandbox and puts the image's files in place; nothing is started yet. */
  static async boot(spec: ServiceSpec, limits: SandboxLimits): Promise<Service> {
    const { image } = spec;
    const launch = Sandbox.launch({
      command: agentCommand,
      env: { PATH: image.config.env.PATH ?? '/usr/bin:/bin', HOME: '/tmp' },
      cwd: '/',
      uid: image.uid,
      gid: image.gid,
      readOnly: [...agentMounts(), ...image.readOnly],
      writable: [...image.writable, '/run/boundary'],
      limits,
    });
    const [sandbox, seed] = await Promise.all([launch, image.seed(spec.env)]);
    const service = new Service(spec, sandbox);
    if (seed) await service.agent.copy(seed.from, seed.to);
    return service;
  }

  /** Whether the main process was started and has not ended. */
  get running(): boolean {
    return this.#running;
  }

  /** Starts the main process and resolves once the service is ready, has ended, or takes too long. */
  async start(): Promise<void> {
    const { argv, env, workingDir, image } = this.spec;
    this.log.reopen();
    const from = Date.now();
    const exit = this.agent.start([...argv], { ...env }, workingDir);
    this.#running = true;
    this.#exit = exit;
    void exit.then(() => {
      this.#running = false;
      this.log.end();
    });
    await this.#ready(image.ready, from);
  }

  /** The exit code of the main process that was started last, once it ends. */
  get exit(): Promise<number> {
    return this.#exit;
  }

  async #ready(pattern: RegExp, from: number): Promise<void> {
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

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sandbox[Symbol.asyncDispose]();
    await this.#exit;
    this.log.end();
  }
}
