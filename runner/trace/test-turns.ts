import type { TestOfTrace } from '../protocol.ts';

/** Which test is running, as the process that runs them announces it. */
export class TestTurns {
  readonly #running: string[] = [];

  begin(name: string): void {
    this.#running.push(name);
  }

  end(name: string): void {
    const place = this.#running.lastIndexOf(name);
    if (place !== -1) this.#running.splice(place, 1);
  }

  /**
   * The test that whatever crosses now belongs to. Where several run at once it is the one in whose turn the connection
   * was opened, which is likely and not certain.
   *
   * @param opener who ran alone when the connection was opened
   */
  current(opener: string | undefined): TestOfTrace | null {
    const [first] = this.#running;
    if (first === undefined) return null;
    if (this.#running.length === 1) return { name: first, exact: true };
    return opener !== undefined && this.#running.includes(opener) ? { name: opener, exact: false } : null;
  }

  /** The one test that is running, if there is exactly one. */
  get alone(): string | undefined {
    return this.#running.length === 1 ? this.#running[0] : undefined;
  }
}
