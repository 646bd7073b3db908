/** Reads the fields of one message. What lies beyond its end, where only the beginning was kept, reads as empty. */
export class Fields {
  readonly #body: Buffer;
  #at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  /** Text up to the next zero byte. */
  text(): string {
    const end = this.#body.indexOf(0, this.#at);
    const text = this.#body.toString('utf8', this.#at, end === -1 ? this.#body.length : end);
    this.#at = end === -1 ? this.#body.length : end + 1;
    return text;
  }

  int16(): number {
    const value = this.#at + 2 <= this.#body.length ? this.#body.readInt16BE(this.#at) : 0;
    this.#at += 2;
    return value;
  }

  int32(): number {
    const value = this.#at + 4 <= this.#body.length ? this.#body.readInt32BE(this.#at) : 0;
    this.#at += 4;
    return value;
  }

  bytes(length: number): Buffer {
    const value = this.#body.subarray(this.#at, this.#at + length);
    this.#at += length;
    return value;
  }

  get ended(): boolean {
    return this.#at >= this.#body.length;
  }
}

/** The fields of an error or a notice, by their one-letter names: C is the SQLSTATE, M the message. */
export function reportFields(body: Buffer): Map<string, string> {
  const fields = new Fields(body);
  const report = new Map<string, string>();
  while (!fields.ended) {
    const text = fields.text();
    if (text !== '') report.set(text.charAt(0), text.slice(1));
  }
  return report;
}
