import { EventEmitter } from 'node:events';

const lineEnd = 10;

export type LogStream = 'stdout' | 'stderr';
export type LogEntry = { at: number; stream: LogStream; bytes: Buffer };
export type LogQuery = { stdout: boolean; stderr: boolean; since: number; until: number; tail: number };

/**
 * What a container wrote, as whole chunks with the time of each. The newest `maxBytes` are kept; what was cut is told
 * in a line of its own.
 */
export class ContainerLog {
  readonly #entries: LogEntry[] = [];
  readonly #emitter = new EventEmitter({ captureRejections: false });
  readonly #maxBytes: number;
  #bytes = 0;
  #ended = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#emitter.setMaxListeners(0);
  }

  append(stream: LogStream, bytes: Buffer): void {
    const entry = { at: Date.now(), stream, bytes };
    this.#entries.push(entry);
    this.#bytes += bytes.length;
    while (this.#bytes > this.#maxBytes && this.#entries.length > 1)
      this.#bytes -= this.#entries.shift()?.bytes.length ?? 0;
    this.#emitter.emit('entry', entry);
  }

  /** The main process ended: whoever follows is told so. A restart opens the log again. */
  end(): void {
    this.#ended = true;
    this.#emitter.emit('end');
  }

  reopen(): void {
    this.#ended = false;
  }

  get text(): string {
    return Buffer.concat(this.#entries.map((entry) => entry.bytes)).toString('utf8');
  }

  /** The entries that a query asks for, oldest first. `since` is inclusive; times are ms since the epoch. */
  select(query: LogQuery): LogEntry[] {
    const chosen = this.#entries.filter((entry) => matches(entry, query));
    return Number.isFinite(query.tail) ? lastLines(chosen, query.tail) : chosen;
  }

  /** Calls back for each entry from now on that a query asks for. Returns how to stop; `onEnd` may be called at once. */
  follow(query: LogQuery, onEntry: (entry: LogEntry) => void, onEnd: () => void): () => void {
    if (this.#ended) {
      onEnd();
      return () => undefined;
    }
    const listener = (entry: LogEntry) => {
      if (matches(entry, query)) onEntry(entry);
    };
    const stop = () => {
      this.#emitter.off('entry', listener);
      this.#emitter.off('end', end);
    };
    const end = () => {
      // Nothing follows the end, whatever a process that outlives the main one still writes.
      stop();
      onEnd();
    };
    this.#emitter.on('entry', listener);
    this.#emitter.once('end', end);
    return stop;
  }
}

function matches(entry: LogEntry, query: LogQuery): boolean {
  return query[entry.stream] && entry.at >= query.since && entry.at <= query.until;
}

/**
 * The last lines, of which the very last may lack its end. Entries are chunks: a line may span several, and the first
 * one kept may have to be cut.
 */
function lastLines(entries: LogEntry[], lines: number): LogEntry[] {
  if (lines === 0) return [];
  const kept: LogEntry[] = [];
  let ends = 0;
  let newest = true;
  for (const entry of entries.toReversed()) {
    for (let at = entry.bytes.length - 1; at >= 0; at--) {
      // The end of the newest line has no line after it.
      if (entry.bytes[at] === lineEnd && !newest && ++ends === lines) {
        if (at + 1 < entry.bytes.length) kept.unshift({ ...entry, bytes: entry.bytes.subarray(at + 1) });
        return kept;
      }
      newest = false;
    }
    kept.unshift(entry);
  }
  return kept;
}
