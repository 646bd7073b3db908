import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import type { TraceRecorder } from '../../trace/index.ts';
import { EngineError } from '../errors.ts';
import type { PortPool } from '../ports.ts';
import { protocolOf } from '../protocols.ts';
import { PublishedPorts } from '../published-ports.ts';
import { asked } from './daemon.ts';

const maxExecs = 128;

/** A container in the daemon that belongs to one variant, and its ports on the learner's loopback. */
export class DockerContainer {
  readonly id: string;
  /** As the client chose it, without the prefix that it has in the daemon. */
  readonly name: string;
  readonly reference: string;
  readonly autoRemove: boolean;
  readonly handle: Docker.Container;
  /** What its creation asked for; 0 where it did not say. */
  readonly quota: { memory: number; nanoCpus: number };
  readonly #execs = new Map<string, { over: boolean }>();
  /** Its ports that are published while it runs. */
  readonly publishes: readonly number[];
  #published: PublishedPorts | undefined;
  #address: string | undefined;
  /** Its environment, the image's own included, once it has published a port. */
  env: Readonly<Record<string, string>> = {};
  /** What stands for the time from its last start to its end; undefined while it does not run. */
  run: symbol | undefined;

  constructor(
    handle: Docker.Container,
    request: Pick<DockerContainer, 'name' | 'reference' | 'autoRemove' | 'quota'> & { publish: readonly number[] },
  ) {
    this.handle = handle;
    this.id = handle.id;
    this.name = request.name;
    this.reference = request.reference;
    this.autoRemove = request.autoRemove;
    this.publishes = request.publish;
    this.quota = request.quota;
  }

  /** What it wrote, as it comes: dockerode by itself collects a log that is not followed, for each of those who ask. */
  logs(options: Readonly<Record<string, unknown>>): Promise<Readable> {
    const call = { method: 'GET', path: `/containers/${this.id}/logs?`, isStream: true, statusCodes: { 200: true } };
    const { promise, resolve, reject } = Promise.withResolvers<Readable>();
    this.handle.modem.dial({ ...call, options }, (error: Error | null, log: Readable) =>
      error ? reject(error) : resolve(log),
    );
    return promise;
  }

  hasExec(id: string): boolean {
    return this.#execs.has(id);
  }

  /** Throws {@link EngineError} 429 where too many are under way: the daemon keeps each until the container is removed. */
  async createExec(options: Pick<Docker.ExecCreateOptions, 'Cmd' | 'Env' | 'WorkingDir' | 'User'>): Promise<string> {
    if (this.#execs.size >= maxExecs) {
      const [done] = [...this.#execs].find(([, { over }]) => over) ?? [];
      if (done === undefined)
        throw new EngineError(429, `${maxExecs} commands are under way in this container; wait for some to end.`);
      this.#execs.delete(done);
    }
    // The place is taken before the daemon has answered, also where others ask meanwhile.
    const place = `making ${randomBytes(8).toString('hex')}`;
    this.#execs.set(place, { over: false });
    try {
      const { id } = await asked(this.handle.exec({ ...options, AttachStdout: true, AttachStderr: true }));
      this.#execs.set(id, { over: false });
      return id;
    } finally {
      this.#execs.delete(place);
    }
  }

  /** Notes that an exec has had its one start, and is over once its output ends. */
  watchExec(id: string, output: Readable): void {
    output.once('close', () => {
      if (this.#execs.has(id)) this.#execs.set(id, { over: true });
    });
  }

  /** Relays each published port from a free one of the learner's to the container's own address. */
  async publish(ports: PortPool, trace: TraceRecorder | undefined): Promise<void> {
    this.unpublish();
    if (this.publishes.length === 0) return;
    const { Config } = await this.#look();
    this.env = Object.fromEntries(
      Config.Env.map((entry) => [entry.split('=', 1)[0] ?? '', entry.slice(entry.indexOf('=') + 1)]),
    );
    if (this.#address === undefined) return;
    this.#published = new PublishedPorts(this.id, protocolOf(this.reference), trace);
    for (const port of this.publishes)
      this.#published.publish({ port, lease: ports.lease() }, () => this.connect(port));
  }

  /** Leaves or joins a network by `act`. Nothing is carried to an address that it had before. */
  async moveBetweenNetworks(act: () => Promise<unknown>): Promise<void> {
    this.#address = undefined;
    try {
      await asked(act());
    } finally {
      if (this.running) await this.#look();
    }
  }

  async #look(): Promise<Docker.ContainerInspectInfo> {
    const info = await asked(this.handle.inspect());
    const addresses = Object.values(info.NetworkSettings.Networks).map(({ IPAddress }) => IPAddress);
    // It may have been stopped or removed meanwhile, and its address be another's.
    this.#address = this.running ? addresses.find((address) => address !== '') : undefined;
    return info;
  }

  /** Opens a connection to one of its ports, where it is running and has an address. */
  connect(port: number): Promise<Socket> {
    if (this.#address === undefined) return Promise.reject(new Error('the container has no address'));
    return connected(this.#address, port);
  }

  get running(): boolean {
    return this.run !== undefined;
  }

  /** Container port → port on the learner's loopback. */
  get ports(): { port: number; hostPort: number }[] {
    return this.#published?.list() ?? [];
  }

  /** Lets connections arrive that their clients have ended already. */
  async settle(): Promise<void> {
    await this.#published?.settle();
  }

  unpublish(): void {
    this.#address = undefined;
    this.#published?.unpublish();
  }
}

function connected(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      socket.on('error', () => socket.destroy());
      resolve(socket);
    });
  });
}
