import { Unreadable } from '../tap.ts';

/** Bounds on what can be followed; what goes beyond them is read no further. */
const maxLine = 64 << 10;
const maxDepth = 32;
const maxBulk = 512 << 20;
/** What is kept of a value: its first texts, and of each its beginning. */
const keptItems = 64;
const keptBytes = 500;

const [carriage, feed] = [13, 10];
const lengths = /^-?[0-9]{1,10}$/;
/** How many values each kind of collection holds for every one that it counts. */
const collections: Readonly<Record<string, number>> = { '*': 1, '~': 1, '>': 1, '%': 2, '|': 2 };
const bulks = '$!=';
const simple = '+-:_#,(';

/** One value as it crossed: its type byte, the texts in it in order, cut, and how many values it was said to hold. */
export type RespValue = { type: string; texts: string[]; size: number | null };

/**
 * Takes one direction of a connection apart into values of Redis's protocol, RESP2 and RESP3, however its bytes are cut
 * into chunks. A line that begins with no type is what a person types, an inline command.
 *
 * Format: https://redis.io/docs/latest/develop/reference/protocol-spec/
 */
export class RespReader {
  readonly #onValue: (value: RespValue) => void;
  #line = '';
  /** Bytes of a text that are still to come, its line end included. */
  #left = 0;
  #text: Buffer[] = [];
  #kept = 0;
  #value: RespValue | undefined;
  /** Values that each open collection still lacks, innermost last. */
  readonly #open: number[] = [];

  constructor(onValue: (value: RespValue) => void) {
    this.#onValue = onValue;
  }

  /** Throws {@link Unreadable} for what cannot be this protocol. */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) at = this.#left > 0 ? this.#readText(chunk, at) : this.#readLine(chunk, at);
  }

  #readLine(chunk: Buffer, from: number): number {
    const end = chunk.indexOf(feed, from);
    const to = end === -1 ? chunk.length : end;
    if (this.#line.length + to - from > maxLine) throw new Unreadable('a line that does not end');
    this.#line += chunk.toString('latin1', from, to);
    if (end === -1) return to;
    const line = this.#line.charCodeAt(this.#line.length - 1) === carriage ? this.#line.slice(0, -1) : this.#line;
    this.#line = '';
    this.#header(line);
    return end + 1;
  }

  #header(line: string): void {
    const type = line.charAt(0);
    const rest = line.slice(1);
    if (type in collections) this.#collection(type, length(rest));
    else if (type !== '' && bulks.includes(type)) this.#bulk(type, length(rest));
    else if (type !== '' && simple.includes(type)) this.#leaf(type, decoded(rest));
    else if (this.#open.length > 0) throw new Unreadable(`a value of type ${JSON.stringify(type)}`);
    else if (line.trim() !== '')
      this.#onValue({ type: '', texts: line.trim().split(/\s+/).slice(0, keptItems), size: null });
  }

  #collection(type: string, size: number): void {
    if (this.#open.length >= maxDepth) throw new Unreadable('values nested too deeply');
    this.#value ??= { type, texts: [], size: size === -1 ? null : size };
    const values = size * (collections[type] ?? 1);
    // Attributes go before a value, and are none: within a collection they do not count towards it.
    if (values > 0) this.#open.push(type === '|' && this.#open.length > 0 ? values + 1 : values);
    else if (type !== '|') this.#ended();
  }

  #bulk(type: string, size: number): void {
    if (size > maxBulk) throw new Unreadable(`a text of ${size} bytes`);
    if (size === -1) {
      this.#leaf('_', '');
      return;
    }
    this.#value ??= { type, texts: [], size: null };
    this.#left = size + 2;
    this.#kept = 0;
  }

  #readText(chunk: Buffer, from: number): number {
    const to = Math.min(chunk.length, from + this.#left);
    const keep = Math.min(to - from, this.#left - 2, keptBytes - this.#kept);
    this.#left -= to - from;
    if (keep > 0) {
      // A copy: the chunk's memory is used again once we return.
      this.#text.push(Buffer.from(chunk.subarray(from, from + keep)));
      this.#kept += keep;
    }
    if (this.#left === 0) {
      const text = Buffer.concat(this.#text).toString('utf8');
      this.#text = [];
      this.#keep(text);
      this.#ended();
    }
    return to;
  }

  #leaf(type: string, text: string): void {
    this.#value ??= { type, texts: [], size: null };
    this.#keep(text);
    this.#ended();
  }

  #keep(text: string): void {
    if (this.#value && this.#value.texts.length < keptItems) this.#value.texts.push(text.slice(0, keptBytes));
  }

  /** A value has ended, and with it each collection of which it was the last. */
  #ended(): void {
    while (this.#open.length > 0) {
      const left = (this.#open.pop() ?? 0) - 1;
      if (left > 0) {
        this.#open.push(left);
        return;
      }
    }
    const value = this.#value;
    this.#value = undefined;
    if (value && value.type !== '|') this.#onValue(value);
  }
}

function length(text: string): number {
  const size = lengths.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(size) || size < -1) throw new Unreadable(`a length of ${JSON.stringify(text.slice(0, 20))}`);
  return size;
}

function decoded(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}
