import { randomBytes } from 'node:crypto';
import { reportCleanup, type SandboxLimits } from '../../sandbox/index.ts';
import type { TraceRecorder } from '../../trace/index.ts';
import type { ContainerNotice } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { CreateBody } from '../gateway/create.ts';
import type { PortPool } from '../ports.ts';
import { isOnList } from './allowed-images.ts';
import { portsOf, rebuildCreate } from './create-body.ts';
import { asked, type Daemon, removeLabelled, runnerLabel, scopeLabel } from './daemon.ts';
import { DockerContainer } from './docker-container.ts';
import { DockerNetworks } from './docker-networks.ts';

export type DockerEngineOptions = {
  daemon: Daemon;
  limits: SandboxLimits;
  maxContainers: number;
  ports: PortPool;
  trace?: TraceRecorder;
  onNotice: (notice: ContainerNotice) => void;
};

/** One learner process's part of a Docker daemon: what it started there, and nothing of anybody else's. */
export class DockerEngine implements AsyncDisposable {
  readonly daemon: Daemon;
  readonly networks: DockerNetworks;
  /** Value of {@link scopeLabel}, and in the name of everything that this variant makes. */
  readonly scope = randomBytes(8).toString('hex');
  readonly #options: DockerEngineOptions;
  readonly #containers = new Map<string, DockerContainer>();
  readonly #making = new Set<Promise<unknown>>();
  #closed = false;

  constructor(options: DockerEngineOptions) {
    this.#options = options;
    this.daemon = options.daemon;
    this.networks = new DockerNetworks(options.daemon, this.scope, this.labels);
  }

  get labels(): Record<string, string> {
    return { [runnerLabel]: this.#options.daemon.runner, [scopeLabel]: this.scope };
  }

  allows(reference: string): boolean {
    return isOnList(this.daemon.allowed, reference);
  }

  containers(): DockerContainer[] {
    return [...this.#containers.values()];
  }

  /** Lets connections to its containers arrive that their clients have ended already. */
  async settle(): Promise<void> {
    await Promise.all(this.containers().map((container) => container.settle()));
  }

  /** Finds a container of this variant by id, a beginning of it, or name. */
  find(key: string): DockerContainer | undefined {
    const name = key.replace(/^\//, '');
    const found = this.containers().filter(
      (one) => one.id === key || one.name === name || (key.length >= 6 && one.id.startsWith(key)),
    );
    return found.length === 1 ? found[0] : undefined;
  }

  /** Finds the container in which an exec of this variant was created. */
  containerOfExec(id: string): DockerContainer | undefined {
    return this.containers().find((container) => container.hasExec(id));
  }

  /** Throws {@link EngineError}: 429 when there are too many, 404 for a network of somebody else, or what the daemon says. */
  async create(body: CreateBody, wantedName: string | null): Promise<DockerContainer> {
    const { maxContainers, limits } = this.#options;
    if (this.#containers.size + this.#making.size >= maxContainers) {
      const message = `This run already has ${maxContainers} containers, the most it may have at once. Share one container in the file, or stop those that you no longer need.`;
      this.#notice(body.Image, '', 'refused', 0, message);
      throw new EngineError(429, message);
    }
    const name = (wantedName ?? '').replace(/^\//, '') || `container-${randomBytes(6).toString('hex')}`;
    if (!/^[a-zA-Z0-9][\w.-]{0,127}$/.test(name))
      throw new EngineError(400, `Invalid container name (${name}): letters, digits, _ . and - are expected.`);
    if (this.containers().some((one) => one.name === name))
      throw new EngineError(409, `Conflict. The container name "/${name}" is already in use.`);
    return this.#whileMaking(async () => {
      const network = await this.networks.forContainer(body, name);
      const setting = { name: `boundary-${this.scope}-${name}`, labels: this.labels, limits, network };
      const handle = await asked(this.daemon.client.createContainer(rebuildCreate(body, setting)));
      const request = {
        name,
        reference: body.Image,
        autoRemove: body.HostConfig?.AutoRemove ?? false,
        publish: portsOf(body),
        quota: { memory: body.HostConfig?.Memory ?? 0, nanoCpus: body.HostConfig?.NanoCpus ?? 0 },
      };
      const container = new DockerContainer(handle, request);
      this.#containers.set(container.id, container);
      this.#notice(container.reference, container.id, 'created', 0);
      return container;
    });
  }

  /** Makes a network of this variant's own. Throws {@link EngineError} as {@link DockerNetworks.create} does. */
  createNetwork(name: string, labels: Readonly<Record<string, string>>): Promise<{ id: string }> {
    return this.#whileMaking(() => this.networks.create(name, labels));
  }

  /** Makes something that disposal waits for, so that nothing is made after it. */
  async #whileMaking<T>(make: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new EngineError(409, 'The run has ended.');
    const making = make();
    this.#making.add(making);
    try {
      return await making;
    } finally {
      this.#making.delete(making);
    }
  }

  /** Starts a container, relays its ports, and watches for its end. */
  async start(container: DockerContainer): Promise<void> {
    await this.#whileMaking(async () => {
      const began = performance.now();
      await asked(container.handle.start());
      container.run = Symbol(container.id);
      this.#watch(container);
      try {
        await container.publish(this.#options.ports, this.#options.trace);
      } catch (error) {
        // Without its ports it is of no use, and its client takes it for one that has not started.
        await container.handle.kill().catch(unlessStopped);
        throw error;
      }
      this.#notice(container.reference, container.id, 'running', performance.now() - began);
    });
  }

  #watch(container: DockerContainer): void {
    const { run } = container;
    const ended = () => {
      // A container that was started again has a run of its own.
      if (container.run !== run || this.#closed) return;
      container.run = undefined;
      container.unpublish();
      this.#notice(container.reference, container.id, 'exited', 0);
      if (container.autoRemove) this.#containers.delete(container.id);
    };
    container.handle.wait().then(ended, ended);
  }

  /** Ends a running container by `act`, which resolves once the daemon has done it. */
  async end(container: DockerContainer, act: () => Promise<unknown>): Promise<void> {
    await container.settle();
    await asked(act());
  }

  async restart(container: DockerContainer, graceSeconds: number): Promise<void> {
    await container.settle();
    container.run = undefined;
    container.unpublish();
    await asked(container.handle.stop({ t: graceSeconds }).catch(unlessStopped));
    await this.start(container);
  }

  async remove(container: DockerContainer, force: boolean): Promise<void> {
    const began = performance.now();
    await container.settle();
    await asked(container.handle.remove({ force, v: true }));
    container.run = undefined;
    this.#containers.delete(container.id);
    container.unpublish();
    this.#notice(container.reference, container.id, 'removed', performance.now() - began);
  }

  #notice(image: string, id: string, state: ContainerNotice['state'], ms: number, detail?: string): void {
    const notice = { container: id.slice(0, 12), image, state, ms: Math.round(ms * 10) / 10 };
    this.#options.onNotice(detail === undefined ? notice : { ...notice, detail });
  }

  /**
   * Removes every container and network of this variant, those that are just being made included. The daemon's own list
   * is what counts: it also has those whose making it did not answer.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#making);
    for (const container of this.containers()) container.unpublish();
    this.#containers.clear();
    await removeLabelled(this.daemon.client, `${scopeLabel}=${this.scope}`).catch(reportCleanup);
  }
}

/** 304 is the answer to a stop, 409 to a kill. */
function unlessStopped(error: { statusCode?: number }): void {
  if (![304, 409].includes(error.statusCode ?? 0)) throw error;
}
