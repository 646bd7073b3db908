import { useEffect, useState } from 'react';
import { loadDraft, sameTexts, saveDraft, starterTexts, type Texts } from './drafts.ts';
import type { WorkbenchExercise } from './exercise-props.ts';

export type Draft = {
  texts: Texts;
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
  const [loaded, setLoaded] = useState(false);
  const [kept, setKept] = useState(true);
  const [discarded, setDiscarded] = useState<Texts | null>(null);

  useEffect(() => {
    setTexts(loadDraft(exercise));
    setLoaded(true);
  }, [exercise]);

  useEffect(() => {
    if (!loaded) return;
    const save = () => setKept(saveDraft(exercise, texts));
    const timer = setTimeout(save, SAVE_MS);
    window.addEventListener('pagehide', save);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', save);
    };
  }, [exercise, texts, loaded]);

  return {
    texts,
    changed: !sameTexts(texts, starter),
    kept,
    canUndoReset: discarded !== null,
    edit(path, text) {
      setTexts((now) => ({ ...now, [path]: text }));
      setDiscarded(null);
    },
    reset() {
      setDiscarded(texts);
      setTexts(starter);
    },
    undoReset() {
      if (discarded) setTexts(discarded);
      setDiscarded(null);
    },
  };
}
