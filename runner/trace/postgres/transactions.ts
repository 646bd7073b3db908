import type { TraceTransaction } from '../../protocol.ts';
import { withoutLeadingComments } from './split-statements.ts';

const goesBack = /^rollback(\s+(work|transaction))?\s+to\b/i;

/** What `ReadyForQuery` says of the session: idle, in a transaction, in one that has failed. */
export type SessionStatus = 'I' | 'T' | 'E';

/** Follows one session's transactions by the tags of its commands and by what the server says when it is ready again. */
export class Transactions {
  #current: number | undefined;
  #failed = false;
  #last = 0;

  /** Where a statement stands that has ended with this tag, or with an error where there is none. */
  place(sql: string, tag: string | undefined): TraceTransaction | null {
    if (tag === 'BEGIN' || tag === 'START TRANSACTION') return this.#begin();
    const id = this.#current;
    if (id === undefined) return null;
    if (tag === undefined) {
      this.#failed = true;
      return { id, part: 'failed' };
    }
    if (tag === 'COMMIT' || tag === 'PREPARE TRANSACTION') return this.#end(id, 'commit');
    if (tag === 'ROLLBACK') {
      // Back to a savepoint has the same tag, and ends nothing but a failure.
      if (!goesBack.test(withoutLeadingComments(sql))) return this.#end(id, 'rollback');
      this.#failed = false;
    }
    return { id, part: this.#failed ? 'failed' : 'inside' };
  }

  #begin(): TraceTransaction {
    if (this.#current !== undefined) return { id: this.#current, part: 'inside' };
    this.#current = ++this.#last;
    this.#failed = false;
    return { id: this.#current, part: 'begin' };
  }

  #end(id: number, part: 'commit' | 'rollback'): TraceTransaction {
    this.#current = undefined;
    this.#failed = false;
    return { id, part };
  }

  /** The server's word at the end of each round; it outranks what tags led us to think. */
  ready(status: SessionStatus): void {
    this.#failed = status === 'E';
    if (status === 'I') this.#current = undefined;
    else this.#current ??= ++this.#last;
  }
}
