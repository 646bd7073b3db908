/** Counts the event streams that each address holds open: a connection costs memory and a descriptor while it lasts. */
import { ServiceError } from '../errors.ts';

export class OpenStreams {
  readonly #most: number;
  readonly #held = new Map<string, number>();
  #total = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get total(): number {
    return this.#total;
  }

  /** Throws {@link ServiceError} `streams-full` where the address holds as many as it may. */
  check(address: string): void {
    if ((this.#held.get(address) ?? 0) >= this.#most) {
      throw new ServiceError('streams-full', { most: this.#most }, { retryAfter: 5 });
    }
  }

  /** Counts one more until it is given back; giving back twice counts once. */
  hold(address: string): () => void {
    this.#held.set(address, (this.#held.get(address) ?? 0) + 1);
    this.#total++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#total--;
      const left = (this.#held.get(address) ?? 1) - 1;
      if (left === 0) this.#held.delete(address);
      else this.#held.set(address, left);
    };
  }
}
