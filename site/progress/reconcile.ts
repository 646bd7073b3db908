/** Brings what this browser remembers and what the runner keeps together: the newest change of each entry wins. */
import type { ProgressEntry } from '../../runner/protocol.ts';

/** What was last seen of an entry here; `sent` once the runner has it. */
export type Seen = { value: string | null; at: string; sent: boolean };
export type Ledger = Readonly<Record<string, Seen>>;
/** Entries as storage holds them, keys without their prefix. */
export type Local = Readonly<Record<string, string>>;

/** The ledger after a look at what is here: whatever differs from what was last seen was changed since, so it counts as new. */
export function noteChanges(local: Local, ledger: Ledger, now: string): Ledger {
  const keys = new Set([...Object.keys(local), ...Object.keys(ledger)]);
  return Object.fromEntries(
    [...keys].map((key) => {
      const value = local[key] ?? null;
      const seen = ledger[key];
      return [key, seen && seen.value === value ? seen : { value, at: now, sent: false }];
    }),
  );
}

export function unsent(ledger: Ledger): ProgressEntry[] {
  return Object.entries(ledger).flatMap(([key, { value, at, sent }]) => (sent ? [] : [{ key, value, at }]));
}

/**
 * What the runner answered, taken in: `writes` is what has to change here, null for what goes. `sent` is what it was told
 * with the question; what was changed here since, or did not fit, is still to be sent.
 */
export function takeIn(
  ledger: Ledger,
  sent: readonly ProgressEntry[],
  answer: readonly ProgressEntry[],
): { ledger: Ledger; writes: Readonly<Record<string, string | null>> } {
  const told = new Map(sent.map(({ key, at }) => [key, at]));
  const next: Record<string, Seen> = Object.fromEntries(
    Object.entries(ledger).map(([key, seen]) => [key, told.get(key) === seen.at ? { ...seen, sent: true } : seen]),
  );
  const writes: Record<string, string | null> = {};
  for (const { key, value, at } of answer) {
    const here = ledger[key];
    // What is here is known there, or will be; only what is newer than that comes from elsewhere.
    if (here && Date.parse(here.at) >= Date.parse(at)) continue;
    next[key] = { value, at, sent: true };
    if (value !== (here?.value ?? null)) writes[key] = value;
  }
  return { ledger: next, writes };
}
