import { readStored, writeStored } from './browser-storage.ts';
import type { Texts } from './drafts.ts';
import type { WorkbenchExercise } from './exercise-props.ts';

/**
 * Enough to find a run again after a reload. `files` is what was sent, to tell whether the text has changed since; `only`
 * the one test that was asked for; `key` is empty where the cookie is what proves that the run is ours.
 */
export type StoredRun = { id: string; events: string; key: string; files: Texts; only?: string | undefined };

export function loadRun(exercise: WorkbenchExercise): StoredRun | null {
  const value = readStored(keyOf(exercise));
  return isStoredRun(value) ? value : null;
}

export function saveRun(exercise: WorkbenchExercise, run: StoredRun | undefined): void {
  writeStored(keyOf(exercise), run);
}

function isStoredRun(value: unknown): value is StoredRun {
  if (typeof value !== 'object' || value === null) return false;
  const { id, events, key, files } = value as Partial<Record<keyof StoredRun, unknown>>;
  return [id, events, key].every((field) => typeof field === 'string') && typeof files === 'object' && files !== null;
}

function keyOf({ slug, language }: WorkbenchExercise): string {
  return `boundary:run:${slug}:${language}`;
}
