/** What of this browser's storage the runner keeps as well, and whether any of it has changed since. */
import { everythingKept } from './progress.ts';

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
  const local = portableEntries(kept);
  try {
    const ledger = JSON.parse(kept[ledgerKey] ?? '{}') as Record<string, { value: string | null; sent: boolean }>;
    return (
      Object.entries(local).some(([key, value]) => ledger[key]?.value !== value) ||
      Object.entries(ledger).some(([key, { value, sent }]) => !sent || (value !== null && !(key in local)))
    );
  } catch {
    return true;
  }
}
