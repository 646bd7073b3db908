import { useEffect, useRef, useState } from 'react';
import type { Draft } from './use-draft.ts';

/** Asks once before the edits go, and gives them back after. */
export function ResetButton({ draft }: { draft: Draft }) {
  const [asking, setAsking] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) first.current?.focus();
  }, [asking]);

  if (draft.canUndoReset) {
    return (
      <span className="wb-reset">
        <span role="status">The starting text is back.</span>
        <button type="button" className="button button-plain" onClick={draft.undoReset}>
          Undo reset
        </button>
      </span>
    );
  }
  if (asking) {
    return (
      <fieldset className="wb-reset">
        <legend className="visually-hidden">Reset the files</legend>
        <span>Discard your edits?</span>
        <button
          ref={first}
          type="button"
          className="button"
          onClick={() => {
            setAsking(false);
            draft.reset();
          }}
        >
          Discard
        </button>
        <button type="button" className="button button-plain" onClick={() => setAsking(false)}>
          Keep
        </button>
      </fieldset>
    );
  }
  return (
    <button type="button" className="button button-plain" disabled={!draft.changed} onClick={() => setAsking(true)}>
      Reset
    </button>
  );
}
