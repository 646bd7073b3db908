import type { TraceEntry } from '../protocol.ts';

/** What a variant's tests did to their services, counted over all of the trace, also past what it keeps. */
export type TraceRecord = {
  connectionsOpened: number;
  /** Connections that were used and that their client never closed: open when the tests were over, or cut by the server. */
  connectionsLeftOpen: number;
  /** Rows written by statements whose transaction was committed, or that had none. */
  rowsCommitted: number;
  /** By full test name; the empty name is for what lies between tests. */
  statements: ReadonlyMap<string, number>;
};

type Session = { pending: number; savepoints: { name: string; pending: number }[] };

const writes = /^(?:INSERT|UPDATE|DELETE|MERGE|COPY)\b.* (\d+)$/;
/** A COPY that brings rows in; the other way it has the same tag. */
const copiesIn = /^\s*copy\s+(?!\()[^;]*?\bfrom\b/i;
const savepoint = /^\s*savepoint\s+("[^"]+"|\w+)/i;
const backTo = /^\s*rollback\b.*?\bto\s+(?:savepoint\s+)?("[^"]+"|\w+)/is;

/** Counts what crosses, entry by entry. */
export class Tally {
  readonly #sessions = new Map<string, Session>();
  /** Connections that a statement was sent on; clients that only look whether they may connect are not among them. */
  readonly #used = new Set<string>();
  #cut = 0;
  readonly #statements = new Map<string, number>();
  #opened = 0;
  #committed = 0;

  add(entry: TraceEntry): void {
    const key = `${entry.container} ${entry.connection}`;
    if (entry.kind === 'opened') {
      this.#opened++;
    } else if (entry.kind === 'closed') {
      if (entry.by === 'server') this.#cutOff(key);
      this.#used.delete(key);
      this.#sessions.delete(key);
    } else if (entry.kind === 'refused') {
      // A server that stops says so to those who still hold a connection; whoever hears it hangs up.
      this.#cutOff(key);
    } else if (entry.kind === 'statement') {
      const test = entry.test?.name ?? '';
      this.#statements.set(test, (this.#statements.get(test) ?? 0) + 1);
      this.#used.add(key);
      this.#write(key, entry);
    }
  }

  #cutOff(key: string): void {
    if (this.#used.delete(key)) this.#cut++;
  }

  #write(key: string, { sql, tag, transaction }: Extract<TraceEntry, { kind: 'statement' }>): void {
    const written = Number(writes.exec(tag ?? '')?.[1] ?? 0);
    const rows = tag?.startsWith('COPY') && !copiesIn.test(sql) ? 0 : written;
    if (!transaction) {
      this.#committed += rows;
      return;
    }
    const session = this.#sessions.get(key) ?? { pending: 0, savepoints: [] };
    this.#sessions.set(key, session);
    if (transaction.part === 'commit') this.#committed += session.pending;
    if (transaction.part === 'commit' || transaction.part === 'rollback') {
      this.#sessions.delete(key);
      return;
    }
    session.pending += rows;
    if (tag === 'SAVEPOINT') {
      session.savepoints.push({ name: nameIn(savepoint, sql), pending: session.pending });
    } else if (tag === 'ROLLBACK') {
      const place = session.savepoints.findLastIndex(({ name }) => name === nameIn(backTo, sql));
      if (place === -1) return;
      session.pending = session.savepoints[place]?.pending ?? 0;
      session.savepoints.length = place + 1;
    }
  }

  get record(): TraceRecord {
    return {
      connectionsOpened: this.#opened,
      connectionsLeftOpen: this.#used.size + this.#cut,
      rowsCommitted: this.#committed,
      statements: new Map(this.#statements),
    };
  }
}

function nameIn(pattern: RegExp, sql: string): string {
  const [, name = ''] = pattern.exec(sql) ?? [];
  return name.startsWith('"') ? name.slice(1, -1) : name.toLowerCase();
}
