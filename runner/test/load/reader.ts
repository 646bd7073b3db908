/** A reader of a run's events that can be cut off, and that sees whether anything was lost or came twice. */
import { WebSocket } from 'ws';
import type { RunEvent } from '../../protocol.ts';
import type { Tally } from './tally.ts';

/** The runner’s way to say: come back with the last number that you saw. */
const comeBack = new Set([1001, 1006, 1011, 1013]);
const mostAttempts = 50;

export class Reader {
  readonly #url: string;
  readonly #cookie: string;
  readonly #tally: Tally;
  #seq = 0;
  #connections = 0;
  #finished = false;
  #socket: WebSocket | undefined;
  startedAt: number | undefined;

  constructor(url: string, cookie: string, tally: Tally) {
    this.#url = url.replace(/^http/, 'ws');
    this.#cookie = cookie;
    this.#tally = tally;
  }

  /** Reads to the end, again and again where it is cut off. Resolves to whether it saw `finished`. */
  async toTheEnd(): Promise<boolean> {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const code = await this.#connect();
      // Cut off behind the last event, it has seen all there is, and is told so with nothing more to read.
      if (code === 1000 && this.#finished) return true;
      if (!comeBack.has(code)) {
        this.#tally.fault(`an event stream ended with ${code}`);
        return false;
      }
      this.#tally.count('streams that were opened again');
    }
    return false;
  }

  /** How far it came, in words. */
  seen(): string {
    return `${this.#seq} events, ${this.startedAt === undefined ? 'not its start' : 'its start'}, ${this.#connections} connections`;
  }

  /** Vanishes without a word, as a phone in a tunnel does. */
  cut(): void {
    this.#socket?.terminate();
  }

  /** Takes nothing from the network for a while. */
  sleep(ms: number): void {
    const transport = (this.#socket as unknown as { _socket?: { pause(): void; resume(): void } })?._socket;
    transport?.pause();
    setTimeout(() => transport?.resume(), ms);
  }

  #connect(): Promise<number> {
    this.#connections++;
    const socket = new WebSocket(`${this.#url}?after=${this.#seq}`, { headers: { cookie: this.#cookie } });
    this.#socket = socket;
    socket.on('message', (data) => {
      const event = JSON.parse(String(data)) as RunEvent;
      if (event.seq !== this.#seq + 1) this.#tally.fault(`event ${event.seq} came after ${this.#seq}`);
      this.#seq = event.seq;
      this.#tally.count('events read');
      this.#tally.took('event to reader', Math.max(0, Date.now() - Date.parse(event.at)));
      if (event.type === 'started') this.startedAt = Date.parse(event.at);
      if (event.type === 'finished') this.#finished = true;
    });
    return new Promise((resolve) => {
      socket.on('unexpected-response', (_request, response) => {
        const status = response.statusCode ?? 0;
        if (status === 429) this.#tally.count('streams refused with 429');
        else this.#tally.fault(`an event stream was answered ${status}`);
        socket.terminate();
        setTimeout(() => resolve(1013), 500);
      });
      socket.on('error', () => {});
      socket.on('close', (code) => resolve(code === 1000 && !this.#finished ? 1006 : code));
    });
  }
}
