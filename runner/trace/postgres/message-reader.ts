/** Longest message there is: PostgreSQL itself refuses more than a gibibyte. */
const maxLength = 1 << 30;
/** Bytes of a message that are kept; what a trace shows is shorter. */
const keptBytes = 64 << 10;
const nothing = Buffer.alloc(0);

/**
 * Takes one direction of a connection apart into messages, however its bytes are cut into chunks. Bodies are kept only of
 * messages that are asked for, and only their beginning, so that a large result costs a look at each of its headers.
 *
 * Format: https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class MessageReader {
  /** Startup packets have no type byte; every message after them has one. */
  typed: boolean;
  readonly #wanted: ReadonlySet<string>;
  readonly #onMessage: (type: string, body: Buffer) => void;
  readonly #header = Buffer.alloc(5);
  #headerBytes = 0;
  #type = '';
  #left = 0;
  #body: Buffer[] | undefined;
  #kept = 0;

  /**
   * @param wanted types whose bodies are kept, each one character; those of startup packets always are
   * @param onMessage is called with each message as it ends; its type is empty for a startup packet
   */
  constructor(typed: boolean, wanted: string, onMessage: (type: string, body: Buffer) => void) {
    this.typed = typed;
    this.#wanted = new Set(wanted);
    this.#onMessage = onMessage;
  }

  /** Throws `RangeError` for what cannot be this protocol. */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      at = this.#left === 0 ? this.#readHeader(chunk, at) : this.#readBody(chunk, at);
    }
  }

  #readHeader(chunk: Buffer, from: number): number {
    const size = this.typed ? 5 : 4;
    const to = Math.min(chunk.length, from + size - this.#headerBytes);
    chunk.copy(this.#header, this.#headerBytes, from, to);
    this.#headerBytes += to - from;
    if (this.#headerBytes < size) return to;
    this.#headerBytes = 0;
    this.#type = this.typed ? String.fromCharCode(this.#header[0] ?? 0) : '';
    // The length counts itself.
    this.#left = this.#header.readInt32BE(size - 4) - 4;
    if (this.#left < 0 || this.#left > maxLength) throw new RangeError(`a message of ${this.#left} bytes`);
    this.#body = !this.typed || this.#wanted.has(this.#type) ? [] : undefined;
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
