/** Keeps the runner's copy of a learner's progress and this browser's the same. Works again where it failed before. */
import type { Progress } from '../../runner/protocol.ts';
import { everythingKept, keep, kept } from './progress.ts';
import { noteChanges, takeIn, unsent } from './reconcile.ts';
import { ledgerKey, portableEntries, prefix, readLedger } from './sync-state.ts';

const address = '/api/progress';
/** What one request may bring, as the protocol has it. */
const most = 2_000;

/** Sends what changed here and takes in what changed elsewhere. Returns whether the runner answered. */
export async function syncProgress(): Promise<boolean> {
  const ledger = noteChanges(portableEntries(everythingKept()), readLedger(everythingKept()), new Date().toISOString());
  // Before anything is sent, so that the time of a change is right even where the runner is away.
  const noted = Object.keys(ledger).length > 0 && keep({ [ledgerKey]: JSON.stringify(ledger) });
  const entries = unsent(ledger).slice(0, most);
  const answer = await ask(entries.length > 0 ? { entries } : undefined);
  if (answer === undefined) return false;
  // Forgotten meanwhile: then nothing comes back.
  if (noted && kept(ledgerKey) === null) return false;
  // Meanwhile a question may have been answered here, or another tab may have asked as well.
  const now = noteChanges(
    portableEntries(everythingKept()),
    noted ? readLedger(everythingKept()) : ledger,
    new Date().toISOString(),
  );
  const taken = takeIn(now, entries, answer.entries);
  const writes = Object.entries(taken.writes).map(([key, value]) => [`${prefix}${key}`, value] as const);
  // What could not be kept must not count as known here: it would seem to have been taken back.
  if (!keep(Object.fromEntries(writes))) return true;
  if (Object.keys(taken.ledger).length > 0) keep({ [ledgerKey]: JSON.stringify(taken.ledger) });
  // Pages listen for what other tabs write; this tab wrote it itself.
  if (writes.length > 0) dispatchEvent(new StorageEvent('storage'));
  return true;
}

/** Has the runner forget. Returns whether it did. */
export async function forgetThere(): Promise<boolean> {
  return fetch(address, { method: 'DELETE' }).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function ask(progress: Progress | undefined): Promise<Progress | undefined> {
  const request: RequestInit =
    progress === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(progress),
          // Only a page that is left needs it, and it bounds the body to 64 KiB.
          keepalive: document.visibilityState === 'hidden',
        };
  try {
    const answer = await fetch(address, request);
    return answer.ok ? ((await answer.json()) as Progress) : undefined;
  } catch {
    return undefined;
  }
}
