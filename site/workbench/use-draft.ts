import { useCallback, useEffect, useRef, useState } from 'react';
import { draftKeyOf, loadDraft, sameTexts, saveDraft, starterTexts, type Texts } from './drafts.ts';
import type { WorkbenchExercise } from './exercise-props.ts';

export type Draft = {
  /** As drawn last. */
  texts: Texts;
  /** As typed last: a keystroke may be newer than what is drawn. */
  latest(): Texts;
  /** Rises when the texts were replaced by anything but an edit. */
  replaced: number;
  changed: boolean;
  /** False where the browser refuses to keep the edits. */
  kept: boolean;
  /** True after a reset, until something is edited again. */
  canUndoReset: boolean;
  /** True after another tab's newer text took the place of this one's, until something is edited here. */
  fromAnotherTab: boolean;
  edit(path: string, text: string): void;
  /** Like `edit`, for a change that was not typed, so that the editor has to be told. */
  rewrite(path: string, text: string): void;
  /** Puts the starting text back: of one file, or of all. */
  reset(path?: string): void;
  /** Puts other texts in the place of the edits, such as an earlier run’s; can be undone as a reset can. */
  restore(texts: Texts): void;
  undoReset(): void;
};

// Long enough not to write on each keystroke; the page also writes when it is hidden.
const SAVE_MS = 300;

/** The person's files: kept in this browser for each exercise and language. */
export function useDraft(exercise: WorkbenchExercise): Draft {
  const starter = starterTexts(exercise);
  const [texts, setTexts] = useState(starter);
  const typed = useRef(texts);
  const [replaced, setReplaced] = useState(0);
  const [loaded, setLoaded] = useState(false);
  const [kept, setKept] = useState(true);
  const [discarded, setDiscarded] = useState<Texts | null>(null);
  const [fromAnotherTab, setFromAnotherTab] = useState(false);
  const unsaved = useRef(false);

  const replace = useCallback((next: Texts) => {
    typed.current = next;
    setTexts(next);
    setReplaced((count) => count + 1);
  }, []);

  useEffect(() => {
    replace(loadDraft(exercise));
    setLoaded(true);
  }, [exercise, replace]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the texts begins the wait anew
  useEffect(() => {
    if (!loaded) return;
    const save = () => {
      // A tab that only looks on has nothing to write, and may hold less than what another tab wrote.
      if (!unsaved.current) return;
      const saved = saveDraft(exercise, typed.current);
      setKept(saved);
      unsaved.current = !saved;
    };
    const timer = setTimeout(save, SAVE_MS);
    window.addEventListener('pagehide', save);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', save);
    };
  }, [exercise, texts, loaded]);

  useEffect(() => {
    const take = () => {
      const stored = loadDraft(exercise);
      // What waits to be saved, or could not be, is newer than what storage holds.
      if (unsaved.current || sameTexts(stored, typed.current)) return;
      setDiscarded(null);
      setFromAnotherTab(true);
      replace(stored);
    };
    const onStorage = ({ key }: StorageEvent) => {
      if (key === draftKeyOf(exercise) || key === null) take();
    };
    // A page kept aside by the browser is told of nothing meanwhile.
    const onPageShow = ({ persisted }: PageTransitionEvent) => {
      if (persisted) take();
    };
    window.addEventListener('storage', onStorage);
    window.addEventListener('pageshow', onPageShow);
    return () => {
      window.removeEventListener('storage', onStorage);
      window.removeEventListener('pageshow', onPageShow);
    };
  }, [exercise, replace]);

  const discardFor = (next: Texts) => {
    unsaved.current = true;
    setFromAnotherTab(false);
    setDiscarded(typed.current);
    replace(next);
  };

  return {
    texts,
    latest: () => typed.current,
    replaced,
    changed: !sameTexts(texts, starter),
    kept,
    canUndoReset: discarded !== null,
    fromAnotherTab,
    edit(path, text) {
      unsaved.current = true;
      typed.current = { ...typed.current, [path]: text };
      setTexts(typed.current);
      setDiscarded(null);
      setFromAnotherTab(false);
    },
    reset(path) {
      const before = path === undefined ? starter : { ...typed.current, [path]: starter[path] ?? '' };
      discardFor(before);
    },
    restore(texts) {
      const known = Object.entries(texts).filter(([path]) => Object.hasOwn(starter, path));
      discardFor({ ...starter, ...Object.fromEntries(known) });
    },
    rewrite(path, text) {
      unsaved.current = true;
      setDiscarded(null);
      setFromAnotherTab(false);
      replace({ ...typed.current, [path]: text });
    },
    undoReset() {
      unsaved.current = true;
      if (discarded) replace(discarded);
      setDiscarded(null);
    },
  };
}
