import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type Docker from 'dockerode';
import type { TraceRecorder } from '../../trace/index.ts';
import type { PortPool } from '../ports.ts';
import { protocolOf } from '../protocols.ts';
import { PublishedPorts } from '../published-ports.ts';
import { asked } from './daemon.ts';

/** A container in the daemon that belongs to one variant, and its ports on the learner's loopback. */
export class DockerContainer {
  readonly id: string;
  /** As the client chose it, without the prefix that it has in the daemon. */
  readonly name: string;
  readonly reference: string;
  readonly autoRemove: boolean;
  readonly handle: Docker.Container;
  /** Execs that were created in it. */
  readonly execs = new Set<string>();
  readonly #publish: readonly number[];
  #published: PublishedPorts | undefined;
  #address: string | undefined;
  /** Its environment, the image's own included, once it has published a port. */
  env: Readonly<Record<string, string>> = {};
  running = false;

  constructor(
    handle: Docker.Container,
    request: { name: string; reference: string; autoRemove: boolean; publish: readonly number[] },
  ) {
    this.handle = handle;
    this.id = handle.id;
    this.name = request.name;
    this.reference = request.reference;
    this.autoRemove = request.autoRemove;
    this.#publish = request.publish;
  }

  /** Relays each published port from a free one of the learner's to the container's own address. */
  async publish(ports: PortPool, trace: TraceRecorder | undefined): Promise<void> {
    this.unpublish();
    if (this.#publish.length === 0) return;
    const { NetworkSettings, Config } = await asked(this.handle.inspect());
    this.env = Object.fromEntries(
      Config.Env.map((entry) => [entry.split('=', 1)[0] ?? '', entry.slice(entry.indexOf('=') + 1)]),
    );
    const address = Object.values(NetworkSettings.Networks).find(({ IPAddress }) => IPAddress)?.IPAddress;
    this.#address = address;
    if (address === undefined) return;
    this.#published = new PublishedPorts(this.id, protocolOf(this.reference), trace);
    for (const port of this.#publish)
      this.#published.publish({ port, lease: ports.lease() }, () => connected(address, port));
  }

  /** Opens a connection to one of its ports, where it is running and has an address. */
  connect(port: number): Promise<Socket> {
    if (this.#address === undefined) return Promise.reject(new Error('the container has no address'));
    return connected(this.#address, port);
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
