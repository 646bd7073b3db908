/**
 * Spare, single-use things that are slow to make. Each is handed out once; the place it leaves is filled again while
 * nothing handed out is still in use, so that refilling does not slow the work that it is for.
 */
export class WarmPool<T extends AsyncDisposable> implements AsyncDisposable {
  readonly #make: () => Promise<T>;
  readonly #size: number;
  readonly #spare: Promise<T>[] = [];
  #inUse = 0;
  #filling: Promise<void> | undefined;
  #closed = false;

  /** @param size how many to keep ready; 0 makes each when it is asked for */
  constructor(size: number, make: () => Promise<T>) {
    this.#size = size;
    this.#make = make;
  }

  /** One that nobody had before, ready or made now. Rejects if it cannot be made. Give it back with {@link release}. */
  async take(): Promise<T> {
    if (this.#closed) throw new Error('the pool is closed');
    this.#inUse++;
    try {
      return await (this.#spare.shift() ?? this.#make());
    } catch (error) {
      this.#inUse--;
      throw error;
    }
  }

  /** Disposes of one that was taken. */
  async release(item: T): Promise<void> {
    this.#inUse--;
    await item[Symbol.asyncDispose]();
    this.fill();
  }

  /** Starts making spares, one after another, until there are enough or something is taken. */
  fill(): void {
    this.#filling ??= this.#fill().finally(() => {
      this.#filling = undefined;
    });
  }

  /** Resolves when the pool holds as many spares as it should, or has stopped trying. */
  async filled(): Promise<void> {
    await this.#filling;
  }

  async #fill(): Promise<void> {
    while (!this.#closed && this.#inUse === 0 && this.#spare.length < this.#size) {
      const item = this.#make();
      this.#spare.push(item);
      try {
        await item;
      } catch {
        // Whoever needs one next makes it anew and meets the error where it can be told.
        const index = this.#spare.indexOf(item);
        if (index !== -1) this.#spare.splice(index, 1);
        return;
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#filling;
    const spares = await Promise.allSettled(this.#spare.splice(0));
    await Promise.all(
      spares.map((spare) => (spare.status === 'fulfilled' ? spare.value[Symbol.asyncDispose]() : undefined)),
    );
  }
}
