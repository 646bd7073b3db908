import type { Place, TraceEntry } from '../protocol.ts';
import { SenderClaims } from './sender-claims.ts';
import { Tally, type TraceRecord } from './tally.ts';
import type { OpenTap, Tap, TapEntry } from './tap.ts';
import type { TestTurns } from './test-turns.ts';

/** Entries that one variant's trace holds; what comes after them is only counted. */
const maxEntries = 1000;
/** Entries that are told of together, and the longest that one waits for others. */
const batchSize = 50;
const batchMs = 40;

/** Keeps the trace of one variant: numbers what taps read, bounds it, and tells of it in batches. */
export class TraceRecorder {
  readonly #turns: TestTurns;
  readonly #emit: (entries: TraceEntry[], dropped: number) => void;
  readonly #began = performance.now();
  readonly #connections = new Map<string, number>();
  #batch: TraceEntry[] = [];
  #timer: NodeJS.Timeout | undefined;
  #count = 0;
  #dropped = 0;
  #closed = false;
  readonly #tally = new Tally();
  readonly #claims = new SenderClaims();

  /** @param emit is given entries in order, and how many were left out in all */
  constructor(turns: TestTurns, emit: (entries: TraceEntry[], dropped: number) => void) {
    this.#turns = turns;
    this.#emit = emit;
  }

  /** The client says from where it is about to send a text, on the connection that it has at this port of its own. */
  claim(clientPort: number, sql: string, places: readonly Place[]): void {
    this.#claims.add(clientPort, sql, places);
  }

  /** Opens a tap on a new connection to a container. */
  tap(container: string, open: OpenTap, clientPort?: number): Tap {
    let connection: number | undefined;
    // Numbered once something is said on it: clients that only look whether the port is open do not count.
    const number = () => {
      connection ??= (this.#connections.get(container) ?? 0) + 1;
      this.#connections.set(container, Math.max(connection, this.#connections.get(container) ?? 0));
      return connection;
    };
    const opener = this.#turns.alone;
    return open({
      now: () => Math.round((performance.now() - this.#began) * 100) / 100,
      test: () => this.#turns.current(opener),
      sentFrom: (sql) => this.#claims.take(clientPort, sql),
      record: (entry) => {
        // Its port may be the next connection's.
        if (entry.kind === 'closed') this.#claims.forget(clientPort);
        this.#add({ ...entry, container, connection: number() });
      },
    });
  }

  #add(entry: TapEntry & { container: string; connection: number }): void {
    if (this.#closed) return;
    const numbered = { ...entry, index: this.#count } as TraceEntry;
    this.#tally.add(numbered);
    if (this.#count >= maxEntries) {
      this.#dropped++;
      return;
    }
    this.#count++;
    this.#batch.push(numbered);
    if (this.#batch.length >= batchSize) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), batchMs);
  }

  /** What was counted so far. */
  get record(): TraceRecord {
    return this.#tally.record;
  }

  /** Tells of what has gathered. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#batch.length === 0) return;
    this.#emit(this.#batch, this.#dropped);
    this.#batch = [];
  }

  /** Tells of the rest; what is read after that belongs to no result any more. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    if (this.#batch.length > 0 || this.#dropped > 0) this.#emit(this.#batch, this.#dropped);
    this.#batch = [];
  }
}
