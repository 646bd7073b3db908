/**
 * Spare, single-use things that are slow to make. Each is handed out once. Spares are made one after another and only
 * while the pool is told to: making them must not slow the work that they are for.
 */
export class WarmPool<T extends AsyncDisposable> implements AsyncDisposable {
  readonly #make: (signal: AbortSignal) => Promise<T>;
  readonly #closing = new AbortController();
  readonly #size: number;
  readonly #onTrouble: (trouble: string | undefined) => void;
  readonly #spare: T[] = [];
  #filling: Promise<void> | undefined;
  #wanted = false;
  #closed = false;

  /**
   * @param size how many to keep ready; with 0 there are never any
   * @param make makes one; its signal is aborted when nobody will need it any more
   * @param onTrouble called when one could not be made, with why, and with undefined when one could be made
   */
  constructor(
    size: number,
    make: (signal: AbortSignal) => Promise<T>,
    onTrouble: (trouble: string | undefined) => void = () => undefined,
  ) {
    this.#onTrouble = onTrouble;
    this.#size = size;
    this.#make = make;
  }

  /** How many are ready now. */
  get spares(): number {
    return this.#spare.length;
  }

  /** One that nobody had before, or undefined if none is ready. It is the taker's to dispose of. */
  takeSpare(): T | undefined {
    return this.#spare.shift();
  }

  /** Makes spares from now on, until there are enough or {@link pause} is called. */
  fill(): void {
    this.#wanted = true;
    this.#filling ??= this.#fill().finally(() => {
      this.#filling = undefined;
    });
  }

  /** Makes no more spares than the one that is being made. */
  pause(): void {
    this.#wanted = false;
  }

  async #fill(): Promise<void> {
    while (this.#wanted && !this.#closed && this.#spare.length < this.#size) {
      try {
        this.#spare.push(await this.#make(this.#closing.signal));
        this.#onTrouble(undefined);
      } catch (error) {
        if (this.#closed) return;
        // Whoever needs one next makes it anew. Another try at once would fail likewise, and keep the machine busy.
        this.#onTrouble(error instanceof Error ? error.message : String(error));
        return;
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#closing.abort();
    await this.#filling;
    await Promise.all(this.#spare.splice(0).map((spare) => spare[Symbol.asyncDispose]()));
  }
}
