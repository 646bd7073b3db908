/** Keeps the runner's copy of a learner's progress and this browser's the same. Works again where it failed before. */
import type { Progress } from '../../runner/protocol.ts';
import { everythingKept, keep } from './progress.ts';
import { type Ledger, noteChanges, takeIn, unsent } from './reconcile.ts';
import { ledgerKey, portableEntries, prefix } from './sync-state.ts';

const address = '/api/progress';
/** What one request may bring, as the protocol has it. */
const most = 2_000;

/** Sends what changed here and takes in what changed elsewhere. Returns whether the runner answered. */
export async function syncProgress(): Promise<boolean> {
  const ledger = noteChanges(portableEntries(everythingKept()), readLedger(), new Date().toISOString());
  // Before anything is sent, so that the time of a change is right even where the runner is away.
  if (Object.keys(ledger).length > 0) keep({ [ledgerKey]: JSON.stringify(ledger) });
  const entries = unsent(ledger).slice(0, most);
  const answer = await ask(entries.length > 0 ? { entries } : undefined);
  if (answer === undefined) return false;
  const taken = takeIn(ledger, answer.entries);
  write(taken.writes);
  if (Object.keys(taken.ledger).length > 0) keep({ [ledgerKey]: JSON.stringify(taken.ledger) });
  // Pages listen for what other tabs write; this tab wrote it itself.
  if (Object.keys(taken.writes).length > 0) dispatchEvent(new StorageEvent('storage'));
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
          keepalive: true,
        };
  try {
    const answer = await fetch(address, request);
    return answer.ok ? ((await answer.json()) as Progress) : undefined;
  } catch {
    return undefined;
  }
}

function readLedger(): Ledger {
  try {
    const ledger: unknown = JSON.parse(everythingKept()[ledgerKey] ?? '{}');
    return typeof ledger === 'object' && ledger !== null ? (ledger as Ledger) : {};
  } catch {
    return {};
  }
}

function write(writes: Readonly<Record<string, string | null>>): void {
  for (const [key, value] of Object.entries(writes)) {
    if (value !== null) keep({ [`${prefix}${key}`]: value });
    else {
      try {
        localStorage.removeItem(`${prefix}${key}`);
      } catch {
        // Storage is off: nothing is there to remove.
      }
    }
  }
}
