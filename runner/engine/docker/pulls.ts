const hourMs = 3_600_000;

/**
 * Pulls that all learners of a runner together may ask of the daemon. A list of images bounds the repositories and not
 * their tags: a hundred of those fill a disk, and registries count who asks too often.
 */
export class Pulls {
  readonly #perHour: number;
  /** When each of the last hour began, the oldest first, in ms of `performance.now()`. */
  readonly #begun: number[] = [];

  constructor(perHour: number) {
    this.#perHour = perHour;
  }

  /**
   * Counts a pull, unless the hour has had its own: then it returns in how many ms there is room for another, which is never
   * where there are to be none.
   */
  take(now = performance.now()): number | undefined {
    if (this.#perHour === 0) return Number.POSITIVE_INFINITY;
    while (this.#begun[0] !== undefined && this.#begun[0] <= now - hourMs) this.#begun.shift();
    const [oldest = now] = this.#begun;
    if (this.#begun.length >= this.#perHour) return oldest + hourMs - now;
    this.#begun.push(now);
    return undefined;
  }
}
