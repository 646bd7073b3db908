import type { EventBody } from '../protocol.ts';

type Stream = 'stdout' | 'stderr';

/** An event is made of what comes within this time, so that a chatty test does not make an event of every line. */
const gatherMs = 40;
/** Longest text of one event, in characters; the store would cut one that is much longer. */
const chunkLength = 16 << 10;

/**
 * Gathers what a variant prints into events and stops when it has had its share.
 *
 * @param maxBytes of both streams together
 * @param onOver called once, when more than that was printed
 */
export class OutputGatherer {
  readonly #variant: string;
  readonly #emit: (event: EventBody) => void;
  readonly #onOver: () => void;
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  #left: number;
  #pending: { stream: Stream; text: string } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(variant: string, maxBytes: number, emit: (event: EventBody) => void, onOver: () => void) {
    this.#variant = variant;
    this.#left = maxBytes;
    this.#emit = emit;
    this.#onOver = onOver;
  }

  add(stream: Stream, chunk: Buffer): void {
    if (this.#left <= 0) return;
    const text = this.#decoders[stream].decode(chunk.subarray(0, this.#left), { stream: true });
    this.#left -= chunk.length;
    if (this.#pending && this.#pending.stream !== stream) this.flush();
    this.#pending = { stream, text: (this.#pending?.text ?? '') + text };
    if (this.#pending.text.length >= chunkLength) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), gatherMs);
    if (this.#left <= 0) this.#onOver();
  }

  /** Emits what is held back. To be called before an event that comes after the output. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const pending = this.#pending;
    this.#pending = undefined;
    if (!pending) return;
    for (let start = 0; start < pending.text.length; start += chunkLength) {
      const text = pending.text.slice(start, start + chunkLength);
      this.#emit({ type: 'output', variant: this.#variant, stream: pending.stream, text });
    }
  }
}
