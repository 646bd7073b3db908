import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What a client that waits for its answers never comes near, and one that does not can be held to. */
const turnsPerSecond = 200;
const burst = 400;
const longestWaitMs = 5_000;
/** Requests that a connection may send ahead of the answers. */
const maxAhead = 16;
/** What it costs to be cut for sending more. */
const turnsOfCut = 50;
/** So much of a body costs as much as a request does. */
const bytesPerTurn = 16 << 10;

const msPerTurn = 1_000 / turnsPerSecond;

/**
 * Shares the runner's one thread out: the clients of an engine, hostile ones too, are served so many requests a second.
 * Those who ask for more are made to wait, and a connection gets its answers one after another, so that answers which
 * nobody reads do not pile up.
 */
export class Turns {
  /** When everything that was taken so far is paid for, in ms of `performance.now()`. */
  #paidAt = Number.NEGATIVE_INFINITY;
  readonly #lines = new WeakMap<Socket, { ahead: number; last: Promise<void> }>();

  /**
   * Takes turns.
   *
   * @param now ms of `performance.now()`
   * @returns ms to wait until they are due; undefined, and nothing is taken, where that would be too long
   */
  take(turns: number, now = performance.now()): number | undefined {
    const paidAt = Math.max(this.#paidAt, now - burst * msPerTurn) + turns * msPerTurn;
    if (paidAt - now > longestWaitMs) return undefined;
    this.#paidAt = paidAt;
    return Math.max(0, paidAt - now);
  }

  /** Waits for the turns that a body of so many bytes costs. */
  async takeForBody(bytes: number): Promise<void> {
    const ms = this.take(bytes / bytesPerTurn) ?? longestWaitMs;
    if (ms > 0) await pause(ms);
  }

  /**
   * Serves a request when its connection has had the answers before it, and its turn has come. Cuts connections that send
   * on regardless.
   *
   * @param serve resolves when its answer has been sent
   */
  queue(socket: Socket, serve: () => Promise<void>): void {
    if (socket.destroyed) return;
    const line = this.#lines.get(socket) ?? { ahead: 0, last: Promise.resolve() };
    this.#lines.set(socket, line);
    line.ahead += 1;
    if (line.ahead > maxAhead) {
      // What it had sent by then was read and taken apart all the same, as will be what it sends over the next one.
      this.take(turnsOfCut);
      socket.destroy();
      return;
    }
    line.last = line.last
      .then(async () => {
        const ms = socket.destroyed ? undefined : this.take(1);
        if (ms === undefined) {
          socket.destroy();
          return;
        }
        if (ms > 0) await pause(ms);
        if (!socket.destroyed) await serve();
      })
      .catch(() => void socket.destroy())
      .finally(() => {
        line.ahead -= 1;
      });
  }
}

const known = new WeakMap<object, Turns>();

/** The turns of an engine: it may be served on several sockets, and Ryuk's containers must not bring any of their own. */
export function turnsOf(engine: object): Turns {
  const turns = known.get(engine) ?? new Turns();
  known.set(engine, turns);
  return turns;
}
