/**
 * Tells a case that did not hold from one that a busy machine made late. What was reached, changed, printed or left over
 * is never forgiven; a limit that came before the usual one, or an honest run that was late, is looked at again.
 */
const lateness =
  /^(ended as|explained as|failed with|an honest run|the runner failed: .* (not ready|within \d+ m?s|timed out))/;

type Attempt = () => Promise<string[]>;

/** What came of one case, in the end. `found` is empty where it was contained. */
export type Ending = { name: string; found: readonly string[]; ms: number };

export class Patience {
  readonly #tell: (ending: Ending) => void;
  readonly #again: { name: string; attempt: Attempt }[] = [];
  /** Names of cases, and what was wrong with an attempt that another one followed. */
  readonly unsteady: string[] = [];

  constructor(tell: (ending: Ending) => void) {
    this.#tell = tell;
  }

  /** Tries once, and once more where it was merely late. Late twice, it waits for {@link settle}. */
  async examine(name: string, attempt: Attempt): Promise<void> {
    const began = performance.now();
    let found = await attempt();
    for (let left = 1; isLate(found); left--) {
      this.unsteady.push(`${name}: ${found.join('; ')}`);
      if (left === 0) {
        this.#again.push({ name, attempt });
        return;
      }
      found = await attempt();
    }
    this.#tell({ name, found, ms: performance.now() - began });
  }

  /** The last attempts, each with the machine to itself: call it when nothing else runs any more. */
  async settle(): Promise<void> {
    for (const { name, attempt } of this.#again.splice(0)) {
      const began = performance.now();
      const found = await attempt();
      this.#tell({ name, found, ms: performance.now() - began });
    }
  }
}

function isLate(found: readonly string[]): boolean {
  return found.length > 0 && found.every((line) => lateness.test(line));
}
