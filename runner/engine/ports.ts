import type { Server } from 'node:net';
import { EngineError } from './errors.ts';

/** A port on the learner's loopback, lent to one published container port. */
export type PortLease = { port: number; server: Server; giveBack: () => void };

/** The ports that a learner's sandbox handed over when it started: all that its containers can be published on. */
export class PortPool {
  readonly #free: { port: number; server: Server }[];
  readonly #size: number;

  constructor(ports: readonly { port: number; server: Server }[]) {
    this.#free = [...ports];
    this.#size = ports.length;
    for (const { server } of ports) {
      // A port that nothing is published on answers as a closed one would.
      server.on('connection', (socket) => {
        if (server.listenerCount('connection') === 1) socket.resetAndDestroy();
      });
    }
  }

  /** Takes a free port. Throws {@link EngineError} when all are in use. */
  lease(): PortLease {
    const entry = this.#free.shift();
    if (!entry) {
      throw new EngineError(
        429,
        `All ${this.#size} ports of this run are in use. Stop containers that you no longer need, or start fewer: one container for the whole file is usually enough.`,
      );
    }
    // The longest unused comes first, so that a late packet for an old container does not meet a new one.
    return { ...entry, giveBack: () => this.#free.push(entry) };
  }
}
