import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import type { Progress } from '../../runner/protocol.ts';
import { syncProgress } from './sync.ts';
import { hasChanged } from './sync-state.ts';

type Kept = Record<string, string>;

const quiz = 'boundary:quiz:first-container';
const read = 'boundary:read:first-container';
const later = '2100-01-01T00:00:00.000Z';

/** A browser that keeps `entries`, and a runner that answers after `meanwhile` with what it was told and with `more`. */
function browser(entries: Kept, more: () => Progress['entries'], meanwhile: (kept: Kept) => void = () => {}): Kept {
  const kept: Kept = Object.assign(
    Object.create({
      getItem: (key: string) => kept[key] ?? null,
      setItem: (key: string, value: string) => {
        kept[key] = value;
      },
      removeItem: (key: string) => {
        delete kept[key];
      },
    }),
    entries,
  );
  vi.stubGlobal('localStorage', kept);
  vi.stubGlobal('document', { visibilityState: 'visible' });
  vi.stubGlobal('StorageEvent', Event);
  vi.stubGlobal('dispatchEvent', () => true);
  vi.stubGlobal('fetch', async (_: string, { body = '{"entries":[]}' }: { body?: string }) => {
    const { entries: told } = JSON.parse(body) as Progress;
    const answer = [...told, ...more()];
    // On its way for a moment, as a change bears the time at which it was seen.
    await setTimeout(20);
    meanwhile(kept);
    return Response.json({ entries: answer });
  });
  return kept;
}

afterEach(() => vi.unstubAllGlobals());

it('takes in what is newer there, and has nothing to send then', async () => {
  const kept = browser({ [quiz]: '{"q1":[0]}' }, () => [{ key: 'read:first-container', value: later, at: later }]);
  expect(hasChanged()).toBe(true);
  expect(await syncProgress()).toBe(true);
  expect(kept[read]).toBe(later);
  expect(hasChanged()).toBe(false);
});

it('leaves an answer that was given while it asked, and still has it to send', async () => {
  // Newer than what it sent, and older than what was answered meanwhile.
  const elsewhere = () => [
    { key: 'quiz:first-container', value: '{"q3":[1]}', at: new Date(Date.now() + 1).toISOString() },
  ];
  const kept = browser({ [quiz]: '{"q1":[0]}' }, elsewhere, (now) => {
    now[quiz] = '{"q1":[0],"q2":[1]}';
  });
  await syncProgress();
  expect(kept[quiz]).toBe('{"q1":[0],"q2":[1]}');
  expect(hasChanged()).toBe(true);
});

it('brings nothing back that was forgotten while it asked', async () => {
  const kept = browser(
    { [read]: 'x' },
    () => [{ key: 'quiz:first-container', value: '{}', at: later }],
    (now) => {
      for (const key of Object.keys(now)) delete now[key];
    },
  );
  await syncProgress();
  expect({ ...kept }).toEqual({});
});
