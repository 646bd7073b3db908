import { useEffect, useRef, useState } from 'react';
import type { Draft } from './use-draft.ts';

/** Asks once before the edits go, and gives them back after. `file` is the one that is shown, where there are several. */
export function ResetButton({ draft, file }: { draft: Draft; file: string | null }) {
  const [asking, setAsking] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) first.current?.focus();
  }, [asking]);

  if (draft.canUndoReset) {
    return (
      <span className="wb-reset">
        <span role="status">Your edits were set aside.</span>
        <button type="button" className="button button-plain" onClick={draft.undoReset}>
          Undo reset
        </button>
      </span>
    );
  }
  if (asking) {
    const discard = (path?: string) => () => {
      setAsking(false);
      draft.reset(path);
    };
    return (
      <fieldset className="wb-reset">
        <legend className="visually-hidden">Reset the files</legend>
        <span>Discard your edits?</span>
        {file !== null && (
          <button type="button" className="button" onClick={discard(file)}>
            In this file
          </button>
        )}
        <button ref={first} type="button" className="button" onClick={discard()}>
          {file === null ? 'Discard' : 'In all files'}
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
