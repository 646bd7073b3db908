/** What a load run saw, and what of it must not have been. */

export type Latency =
  | 'submit'
  | 'queue'
  | 'queue of a first run beside a burst'
  | 'event to reader'
  | 'accepted to verdict';

export class Tally {
  readonly counts = new Map<string, number>();
  /** What no load excuses: a lost event, an answer of 5xx, an accepted run without an end. */
  readonly faults: string[] = [];
  readonly #samples = new Map<Latency, number[]>();

  count(what: string, more = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + more);
  }

  fault(text: string): void {
    this.faults.push(text);
  }

  took(what: Latency, ms: number): void {
    const samples = this.#samples.get(what);
    if (samples) samples.push(ms);
    else this.#samples.set(what, [ms]);
  }

  /** The value that `share` of the samples stay below; `undefined` without samples. */
  percentile(what: Latency, share: number): number | undefined {
    const sorted = this.#samples.get(what)?.toSorted((one, other) => one - other) ?? [];
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  lines(): string[] {
    const head = `${'ms'.padEnd(38)}${['p50', 'p90', 'p99', 'max', 'n'].map((name) => name.padStart(9)).join('')}`;
    const rows = [...this.#samples].map(([what, samples]) => {
      const values = [0.5, 0.9, 0.99, 1].map((share) => Math.round(this.percentile(what, share) ?? 0));
      return `${what.padEnd(38)}${[...values, samples.length].map((value) => String(value).padStart(9)).join('')}`;
    });
    const counts = [...this.counts].map(([what, count]) => `${what.padEnd(38)}${String(count).padStart(9)}`);
    return [head, ...rows, '', ...counts];
  }
}
