/**
 * Spare, single-use things that are slow to make. Each is handed out once. Spares are made one after another and only
 * while the pool is told to: making them must not slow the work that they are for.
 */
export class WarmPool<T extends AsyncDisposable> implements AsyncDisposable {
  readonly #make: () => Promise<T>;
  readonly #size: number;
  readonly #spare: T[] = [];
  #filling: Promise<void> | undefined;
  #wanted = false;
  #closed = false;

  /** @param size how many to keep ready; with 0 there are never any */
  constructor(size: number, make: () => Promise<T>) {
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
        this.#spare.push(await this.#make());
      } catch {
        // Whoever needs one next makes it anew and meets the error where it can be told.
        return;
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#filling;
    await Promise.all(this.#spare.splice(0).map((spare) => spare[Symbol.asyncDispose]()));
  }
}
