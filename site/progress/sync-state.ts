/** What of this browser's storage the runner keeps as well, and whether any of it has changed since. */
import { everythingKept } from './progress.ts';
import { type Ledger, noteChanges, unsent } from './reconcile.ts';

export const prefix = 'boundary:';
export const ledgerKey = 'boundary:synced';

/** Lessons read, exercises passed, answers, questions to review. Tests that were written and choices of looks stay here. */
const portable = /^boundary:((?:read|passed|quiz|review):[a-z0-9:-]+)$/;

export function portableEntries(kept: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(kept).flatMap(([key, value]) => {
      const name = portable.exec(key)?.[1];
      return name === undefined || value.length > 4096 ? [] : [[name, value]];
    }),
  );
}

/** Whether this browser keeps something that the runner has not been told. */
export function hasChanged(): boolean {
  const kept = everythingKept();
  return unsent(noteChanges(portableEntries(kept), readLedger(kept), '')).length > 0;
}

/** What this browser and its runner last agreed on; nothing where that is damaged. */
export function readLedger(kept: Readonly<Record<string, string>>): Ledger {
  try {
    const ledger: unknown = JSON.parse(kept[ledgerKey] ?? '{}');
    return typeof ledger === 'object' && ledger !== null ? (ledger as Ledger) : {};
  } catch {
    return {};
  }
}
