import type { Server } from 'node:net';
import { reportCleanup, type SandboxLimits } from '../sandbox/index.ts';
import type { TraceRecorder } from '../trace/index.ts';
import { Container, type ContainerRequest, type ContainerStatus } from './container.ts';
import { BootError, EngineError } from './errors.ts';
import type { Exec } from './exec.ts';
import type { Image } from './image.ts';
import { Networks } from './networks.ts';
import type { PortLease, PortPool } from './ports.ts';
import type { ServicePool } from './service-pool.ts';

/** What happened to a container, for whoever watches the run. `ms` is how long the step took. */
export type ContainerNotice = {
  container: string;
  image: string;
  state: 'created' | 'running' | 'exited' | 'removed' | 'refused';
  ms: number;
  detail?: string;
};

export type EngineOptions = {
  /** The image that a reference stands for here, or undefined for one that is not on offer. */
  resolveImage: (reference: string) => Image | undefined;
  /** The references on offer, for messages. */
  offered: readonly string[];
  /** Limits of one container. */
  limits: SandboxLimits;
  maxContainers: number;
  services: ServicePool;
  ports: PortPool;
  /** Keeps what crosses between the learner's process and its containers. */
  trace?: TraceRecorder;
  /** Serves this engine on a socket in one of its containers. Without it there is no such socket. */
  serve?: (listener: Server, engine: Engine) => void;
  onNotice: (notice: ContainerNotice) => void;
  /** Called when a container could not be made, which is a fault of ours. */
  onFault: (error: Error) => void;
};

/** One learner process's container engine: what it started, and nothing of anybody else's. */
export class Engine implements AsyncDisposable {
  readonly #options: EngineOptions;
  readonly #containers = new Map<string, Container>();
  readonly networks = new Networks();
  readonly #starting = new Set<Container>();
  #leaving = 0;
  #closed = false;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** Whether it has an image for a reference. */
  offers(reference: string): boolean {
    return this.#options.resolveImage(reference) !== undefined;
  }

  /** Throws {@link EngineError} 404 in the words that clients look for. */
  image(reference: string): Image {
    const image = this.#options.resolveImage(reference);
    if (image) return image;
    throw new EngineError(
      404,
      `No such image: ${reference}. This engine offers ${this.#options.offered.join(', ')}; other images cannot be pulled here.`,
    );
  }

  create(request: ContainerRequest): Container {
    const { maxContainers, limits, services, trace } = this.#options;
    if (this.#closed) throw new EngineError(409, 'The run has ended.');
    // One that is being removed still takes its room.
    if (this.#containers.size + this.#leaving >= maxContainers) {
      const message = `This run already has ${maxContainers} containers, the most it may have at once. Share one container in the file, or stop those that you no longer need.`;
      this.#notice(undefined, request, 'refused', 0, message);
      throw new EngineError(429, message);
    }
    if ([...this.#containers.values()].some((container) => container.request.name === request.name)) {
      throw new EngineError(409, `Conflict. The container name "/${request.name}" is already in use.`);
    }
    const joining = request.networks.map(({ key, aliases }) => ({ network: this.networks.find(key), aliases }));
    const container: Container = new Container(request, {
      limits,
      services,
      trace,
      onChange: (status, ms) => this.#changed(container, status, ms),
      onDial: (socket, door) => void this.networks.carry(container, socket, door).catch(this.#options.onFault),
      onListening: () => this.networks.refresh(),
      serveEngine: (listener) => this.#options.serve?.(listener, this),
    });
    for (const { network, aliases } of joining) this.networks.join(network, container, aliases);
    this.#containers.set(container.id, container);
    this.#notice(container, request, 'created', 0);
    return container;
  }

  containers(): Container[] {
    return [...this.#containers.values()];
  }

  /** Lets connections to its containers arrive that their clients have ended already. */
  async settle(): Promise<void> {
    await Promise.all(this.containers().map((container) => container.settle()));
  }

  /** Finds a container by id, a unique beginning of it, or name. Throws {@link EngineError} 404. */
  container(key: string): Container {
    const exact = this.#containers.get(key);
    if (exact) return exact;
    const name = key.replace(/^\//, '');
    const found = this.containers().filter(
      ({ id, request }) => request.name === name || (key.length >= 6 && id.startsWith(key)),
    );
    if (found.length === 1 && found[0]) return found[0];
    throw new EngineError(404, `No such container: ${key}`);
  }

  exec(id: string): { container: Container; exec: Exec } {
    for (const container of this.#containers.values()) {
      const exec = container.execs.get(id);
      if (exec) return { container, exec };
    }
    throw new EngineError(404, `No such exec instance: ${id}`);
  }

  /** Starts a container on ports of its own. Throws {@link EngineError} 304 if it runs already. */
  async start(container: Container): Promise<void> {
    if (container.status === 'running' || this.#starting.has(container)) {
      throw new EngineError(304, 'Container already started');
    }
    this.#starting.add(container);
    const leases: { port: number; lease: PortLease }[] = [];
    try {
      for (const port of container.request.publish) leases.push({ port, lease: this.#options.ports.lease() });
      await container.start(leases);
    } catch (error) {
      for (const { lease } of leases) lease.giveBack();
      if (error instanceof BootError) this.#options.onFault(error);
      throw error;
    } finally {
      this.#starting.delete(container);
    }
  }

  async remove(container: Container): Promise<void> {
    const began = performance.now();
    this.#containers.delete(container.id);
    this.networks.leave(container);
    this.#leaving++;
    try {
      await container[Symbol.asyncDispose]();
    } finally {
      this.#leaving--;
    }
    this.#notice(container, container.request, 'removed', performance.now() - began);
  }

  #changed(container: Container, status: ContainerStatus, ms: number): void {
    this.#notice(container, container.request, status, ms);
    // The others were told of a container that runs when it was about to start.
    if (status === 'exited') this.networks.refresh();
    if (status === 'exited' && container.request.autoRemove && !this.#closed)
      this.remove(container).catch(reportCleanup);
  }

  #notice(
    container: Container | undefined,
    request: ContainerRequest,
    state: ContainerNotice['state'],
    ms: number,
    detail?: string,
  ): void {
    const notice = {
      container: container?.id.slice(0, 12) ?? '',
      image: request.reference,
      state,
      ms: Math.round(ms * 10) / 10,
    };
    this.#options.onNotice(detail === undefined ? notice : { ...notice, detail });
  }

  /** Ends and removes every container. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await Promise.all(this.containers().map((container) => container[Symbol.asyncDispose]()));
    this.#containers.clear();
  }
}
