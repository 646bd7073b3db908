import { readStored, writeStored } from './browser-storage.ts';
import type { WorkbenchExercise } from './exercise-props.ts';

/** Path → text of every editable file. */
export type Texts = Readonly<Record<string, string>>;

export function starterTexts(exercise: WorkbenchExercise): Texts {
  return Object.fromEntries(exercise.files.filter(({ editable }) => editable).map(({ path, text }) => [path, text]));
}

/** What the person wrote before, over the starter; files that the exercise no longer has are left out. */
export function loadDraft(exercise: WorkbenchExercise): Texts {
  const starter = starterTexts(exercise);
  const stored = readStored(draftKeyOf(exercise));
  if (typeof stored !== 'object' || stored === null) return starter;
  const known = Object.entries(stored).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && Object.hasOwn(starter, entry[0]),
  );
  return { ...starter, ...Object.fromEntries(known) };
}

/** Keeps only what differs from the starter. Returns whether it is kept. */
export function saveDraft(exercise: WorkbenchExercise, texts: Texts): boolean {
  const starter = starterTexts(exercise);
  const changed = Object.entries(texts).filter(([path, text]) => text !== starter[path]);
  return writeStored(draftKeyOf(exercise), changed.length > 0 ? Object.fromEntries(changed) : undefined);
}

export function sameTexts(a: Texts, b: Texts): boolean {
  const paths = Object.keys(a);
  return paths.length === Object.keys(b).length && paths.every((path) => a[path] === b[path]);
}

/** Where the draft is kept in this browser’s storage. */
export function draftKeyOf({ slug, language }: WorkbenchExercise): string {
  return `boundary:draft:${slug}:${language}`;
}
