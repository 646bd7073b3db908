import { useCallback, useEffect, useRef, useState } from 'react';
import { loadDraft, sameTexts, saveDraft, starterTexts, type Texts } from './drafts.ts';
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
  edit(path: string, text: string): void;
  reset(): void;
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
    const save = () => setKept(saveDraft(exercise, typed.current));
    const timer = setTimeout(save, SAVE_MS);
    window.addEventListener('pagehide', save);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', save);
    };
  }, [exercise, texts, loaded]);

  return {
    texts,
    latest: () => typed.current,
    replaced,
    changed: !sameTexts(texts, starter),
    kept,
    canUndoReset: discarded !== null,
    edit(path, text) {
      typed.current = { ...typed.current, [path]: text };
      setTexts(typed.current);
      setDiscarded(null);
    },
    reset() {
      setDiscarded(typed.current);
      replace(starter);
    },
    undoReset() {
      if (discarded) replace(discarded);
      setDiscarded(null);
    },
  };
}
