import type { TestOfTrace, TraceParameter } from '../../protocol.ts';
import { Unreadable } from '../tap.ts';
import { bindValues } from './bind-values.ts';
import { Fields } from './fields.ts';

/** Requests that a client may have under way, and names that it may hold, before the tap gives up. */
const maxHeld = 10_000;

/** Something that the server owes an answer to. */
export type Request = {
  kind: 'query' | 'parse' | 'bind' | 'describe' | 'close' | 'execute' | 'call' | 'sync';
  sql: string;
  parameters: TraceParameter[];
  /** Of `describe`: the prepared statement that is described. */
  statement?: string;
  sentAt: number;
  test: TestOfTrace | null;
};

/** What a client has asked for and not been answered yet, in order, and the names it has given to statements and portals. */
export class Requests {
  readonly #stamp: () => Pick<Request, 'sentAt' | 'test'>;
  readonly #prepared = new Map<string, { sql: string; types: number[] }>();
  readonly #portals = new Map<string, { sql: string; parameters: TraceParameter[] }>();
  #waiting: Request[] = [];

  constructor(stamp: () => Pick<Request, 'sentAt' | 'test'>) {
    this.#stamp = stamp;
  }

  /** Types of messages whose bodies {@link read} looks into. */
  static readonly wanted = 'QPBDEC';

  /** Throws {@link Unreadable} when there is more to follow than a tap should. */
  read(type: string, body: Buffer): void {
    if (Math.max(this.#waiting.length, this.#prepared.size, this.#portals.size) > maxHeld) {
      throw new Unreadable('more requests are under way than can be followed');
    }
    const fields = new Fields(body);
    const request = this.#requestOf(type, fields);
    if (request) this.#waiting.push({ sql: '', parameters: [], ...request, ...this.#stamp() });
  }

  #requestOf(type: string, fields: Fields): (Pick<Request, 'kind'> & Partial<Request>) | undefined {
    switch (type) {
      case 'Q':
        return { kind: 'query', sql: fields.text() };
      case 'P':
        return this.#parse(fields);
      case 'B':
        return this.#bind(fields);
      case 'D':
        return this.#describe(fields);
      case 'E':
        return { kind: 'execute', ...this.#portals.get(fields.text()) };
      case 'C':
        this.#namesOf(fields).delete(fields.text());
        return { kind: 'close' };
      case 'F':
        return { kind: 'call', sql: '(function call)' };
      case 'S':
        return { kind: 'sync' };
      default:
        return undefined;
    }
  }

  #parse(fields: Fields) {
    const [name, sql] = [fields.text(), fields.text()];
    const types = Array.from({ length: Math.max(0, fields.int16()) }, () => fields.int32());
    this.#prepared.set(name, { sql, types });
    return { kind: 'parse' as const, sql };
  }

  #bind(fields: Fields) {
    const [portal, name] = [fields.text(), fields.text()];
    const { sql = '', types = [] } = this.#prepared.get(name) ?? {};
    const bound = { sql, parameters: bindValues(fields, types) };
    this.#portals.set(portal, bound);
    return { kind: 'bind' as const, ...bound };
  }

  #describe(fields: Fields) {
    const names = this.#namesOf(fields);
    const name = fields.text();
    const { sql = '' } = names.get(name) ?? {};
    return { kind: 'describe' as const, sql, ...(names === this.#prepared ? { statement: name } : {}) };
  }

  /** Describe and Close say first whether a statement (S) or a portal (P) is meant. */
  #namesOf(fields: Fields): Map<string, { sql: string }> {
    return fields.bytes(1)[0] === 0x53 ? this.#prepared : this.#portals;
  }

  /** The one whose answer comes next. */
  get first(): Request | undefined {
    return this.#waiting[0];
  }

  /** Statements that have not been answered. */
  get statements(): Request[] {
    return this.#waiting.filter(({ kind }) => kind === 'query' || kind === 'execute');
  }

  /** The first one was answered, if it is of one of these kinds. */
  answered(...kinds: Request['kind'][]): void {
    if (this.first && kinds.includes(this.first.kind)) this.#waiting.shift();
  }

  /** The server named the types of the parameters of the statement that is described. */
  typed(fields: Fields): void {
    const prepared = this.first?.statement === undefined ? undefined : this.#prepared.get(this.first.statement);
    if (prepared) prepared.types = Array.from({ length: Math.max(0, fields.int16()) }, () => fields.int32());
  }

  /** After an error the server skips what is under way until the next Sync; a simple query ends by itself. */
  skipped(): void {
    if (this.first?.kind === 'query') return;
    const sync = this.#waiting.findIndex(({ kind }) => kind === 'sync');
    this.#waiting.splice(0, sync === -1 ? this.#waiting.length : sync);
  }
}
