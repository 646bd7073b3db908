import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type Docker from 'dockerode';
import type { TraceRecorder } from '../../trace/index.ts';
import type { PortLease, PortPool } from '../ports.ts';
import { protocolOf } from '../protocols.ts';
import { Relay } from '../relay.ts';
import { asked } from './daemon.ts';

type Published = { port: number; lease: PortLease; relay: Relay };

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
  #published: Published[] = [];
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
    const { NetworkSettings } = await asked(this.handle.inspect());
    const address = Object.values(NetworkSettings.Networks).find(({ IPAddress }) => IPAddress)?.IPAddress;
    if (address === undefined) return;
    const { isFarewell, openTap } = protocolOf(this.reference);
    const open = trace && openTap && (() => trace.tap(this.id.slice(0, 12), openTap));
    for (const port of this.#publish) {
      const lease = ports.lease();
      const relay = new Relay(lease.server, () => connected(address, port), isFarewell, open);
      this.#published.push({ port, lease, relay });
    }
  }

  /** Container port → port on the learner's loopback. */
  get ports(): { port: number; hostPort: number }[] {
    return this.#published.map(({ port, lease }) => ({ port, hostPort: lease.port }));
  }

  /** Lets connections arrive that their clients have ended already. */
  async settle(): Promise<void> {
    await Promise.all(this.#published.map(({ relay }) => relay.settle()));
  }

  unpublish(): void {
    for (const { lease, relay } of this.#published.splice(0)) {
      relay.stop();
      lease.giveBack();
    }
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
