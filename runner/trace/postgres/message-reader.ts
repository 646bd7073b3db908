import { Unreadable } from '../tap.ts';

/** Longest message there is: PostgreSQL itself refuses more than a gibibyte. */
const maxLength = 1 << 30;
/** Bytes of a message that are kept; what a trace shows is shorter. */
const keptBytes = 64 << 10;
const nothing = Buffer.alloc(0);
const letters = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));

/**
 * Takes one direction of a connection apart into messages, however its bytes are cut into chunks. Bodies are kept only of
 * messages that are asked for, and only their beginning, so that a large result costs a look at each of its headers.
 *
 * Format: https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class MessageReader {
  /** Startup packets have no type byte; every message after them has one. */
  typed: boolean;
  readonly #wanted = new Uint8Array(256);
  readonly #onMessage: (type: string, body: Buffer) => void;
  readonly #header = Buffer.alloc(5);
  #headerBytes = 0;
  #type = '';
  #left = 0;
  #body: Buffer[] | undefined;
  #kept = 0;

  /**
   * @param wanted types whose bodies are kept, each one character; those of startup packets always are
   * @param onMessage is called with each message as it ends; its type is empty for a startup packet, and its body is
   *   valid during the call only
   */
  constructor(typed: boolean, wanted: string, onMessage: (type: string, body: Buffer) => void) {
    this.typed = typed;
    for (const letter of wanted) this.#wanted[letter.charCodeAt(0)] = 1;
    this.#onMessage = onMessage;
  }

  /** Throws {@link Unreadable} for what cannot be this protocol. */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left > 0) at = this.#readBody(chunk, at);
      else if (this.#headerBytes === 0 && this.typed) at = this.#readWhole(chunk, at);
      else at = this.#readHeader(chunk, at);
    }
  }

  /** Most messages lie in one chunk: they are read where they are, without a copy. */
  #readWhole(chunk: Buffer, from: number): number {
    const body = from + 5;
    if (body > chunk.length) return this.#readHeader(chunk, from);
    // Put together by hand: this runs for every row of every result.
    const length =
      ((chunk[from + 1] as number) << 24) |
      ((chunk[from + 2] as number) << 16) |
      ((chunk[from + 3] as number) << 8) |
      (chunk[from + 4] as number);
    const end = from + 1 + length;
    if (length < 4 || end > chunk.length) return this.#readHeader(chunk, from);
    const type = letters[chunk[from] as number] as string;
    const wanted = length > 4 && this.#wanted[chunk[from] as number] === 1;
    this.#onMessage(type, wanted ? chunk.subarray(body, Math.min(end, body + keptBytes)) : nothing);
    return end;
  }

  #readHeader(chunk: Buffer, from: number): number {
    const size = this.typed ? 5 : 4;
    const to = Math.min(chunk.length, from + size - this.#headerBytes);
    chunk.copy(this.#header, this.#headerBytes, from, to);
    this.#headerBytes += to - from;
    if (this.#headerBytes < size) return to;
    this.#headerBytes = 0;
    const first = this.#header[0] ?? 0;
    this.#type = this.typed ? (letters[first] as string) : '';
    // The length counts itself.
    this.#left = this.#header.readInt32BE(size - 4) - 4;
    if (this.#left < 0 || this.#left > maxLength) throw new Unreadable(`a message of ${this.#left} bytes`);
    this.#body = !this.typed || this.#wanted[first] === 1 ? [] : undefined;
    this.#kept = 0;
    if (this.#left === 0) this.#end();
    return to;
  }

  #readBody(chunk: Buffer, from: number): number {
    const to = Math.min(chunk.length, from + this.#left);
    this.#left -= to - from;
    if (this.#body && this.#kept < keptBytes) {
      // A copy: the chunk's memory is used again once we return.
      const part = Buffer.from(chunk.subarray(from, Math.min(to, from + keptBytes - this.#kept)));
      this.#body.push(part);
      this.#kept += part.length;
    }
    if (this.#left === 0) this.#end();
    return to;
  }

  #end(): void {
    const body = this.#body;
    this.#body = undefined;
    this.#onMessage(this.#type, body === undefined || body.length === 0 ? nothing : Buffer.concat(body));
  }
}
