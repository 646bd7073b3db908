/** One thing measured again and again. `target` is what the project promises, as a word for a reader. */
export type Figure = { what: string; unit: string; values: readonly number[]; target?: string };

/** A part of `npm run bench`: what it measures, or in words why it cannot here. */
export type Part = (rounds: number) => Promise<{ figures: Figure[]; remarks?: string[] }>;

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value that `percent` of a hundred do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

export function line({ what, unit, values, target }: Figure): string {
  const [low, high] = [Math.min(...values), Math.max(...values)].map(short);
  const range = values.length > 1 ? ` (${low}–${high}, of ${values.length})` : '';
  return `${what.padEnd(58)} ${short(median(values)).padStart(8)} ${unit}${range}${target ? `  [${target}]` : ''}`;
}

function short(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
