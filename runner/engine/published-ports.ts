import type { Socket } from 'node:net';
import type { TraceRecorder } from '../trace/index.ts';
import type { PortLease } from './ports.ts';
import type { Protocol } from './protocols.ts';
import { Relay } from './relay.ts';

/** A port of a container and the one on the learner's loopback that it is published at. */
export type Publication = { port: number; lease: PortLease };

/** The published ports of one container, and the connections through them. */
export class PublishedPorts {
  #open: (Publication & { relay: Relay })[] = [];
  readonly #container: string;
  readonly #protocol: Protocol;
  readonly #trace: TraceRecorder | undefined;

  /** @param trace keeps what crosses them, under the container's id */
  constructor(containerId: string, protocol: Protocol, trace: TraceRecorder | undefined) {
    this.#container = containerId.slice(0, 12);
    this.#protocol = protocol;
    this.#trace = trace;
  }

  publish({ port, lease }: Publication, connect: () => Promise<Socket>): void {
    const trace = this.#trace;
    const { isFarewell, openTap } = this.#protocol;
    const open = trace && openTap && ((clientPort?: number) => trace.tap(this.#container, openTap, clientPort));
    this.#open.push({ port, lease, relay: new Relay(lease.server, connect, isFarewell, open) });
  }

  /** Container port → port on the learner's loopback. */
  list(): { port: number; hostPort: number }[] {
    return this.#open.map(({ port, lease }) => ({ port, hostPort: lease.port }));
  }

  /** Lets connections arrive that their clients have ended already. */
  async settle(): Promise<void> {
    await Promise.all(this.#open.map(({ relay }) => relay.settle()));
  }

  unpublish(): void {
    for (const { lease, relay } of this.#open.splice(0)) {
      relay.stop();
      lease.giveBack();
    }
  }
}
