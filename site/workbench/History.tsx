import { useCallback, useEffect, useRef, useState } from 'react';
import type { RunSummary } from '../../runner/protocol.ts';
import { DiffView } from './DiffView.tsx';
import type { Texts } from './drafts.ts';
import type { WorkbenchExercise } from './exercise-props.ts';
import { listRuns, RequestRefused, readFiles } from './run-client.ts';
import type { Draft } from './use-draft.ts';
import type { RunControl } from './use-run.ts';
import { inWords } from './words.ts';

type Props = { exercise: WorkbenchExercise; draft: Draft; control: RunControl; onShow(pane: string): void };

/** Earlier runs of this exercise by this browser: their outcome, their code, and the way back to either. */
export function History({ exercise, draft, control, onShow }: Props) {
  const [runs, setRuns] = useState<readonly RunSummary[] | null>(null);
  const [problem, setProblem] = useState('');
  const [open, setOpen] = useState<{ id: string; files: Texts } | null>(null);
  const [word, setWord] = useState('');

  const load = useCallback(() => {
    setProblem('');
    listRuns(exercise.slug).then(setRuns, (error: unknown) => setProblem(reasonOf(error)));
  }, [exercise]);
  useEffect(load, [load]);

  const asked = useRef(0);
  // Null once this is gone: by then another run may be under way.
  const latest = useRef<RunControl | null>(control);
  useEffect(() => {
    latest.current = control;
    return () => {
      latest.current = null;
    };
  }, [control]);

  /** What was asked for last counts: answers may come in another order. */
  const withFiles = (id: string, then: (files: Texts) => void) => {
    setProblem('');
    asked.current += 1;
    const mine = asked.current;
    readFiles(id).then(
      (files) => {
        if (asked.current === mine) then(files);
      },
      (error: unknown) => {
        if (asked.current === mine) setProblem(reasonOf(error));
      },
    );
  };
  return (
    <div data-testid="history">
      <h2>Earlier runs</h2>
      {problem && (
        <div role="alert">
          <p className="wb-note">{problem}</p>
          <button type="button" className="button" onClick={load}>
            Try again
          </button>
        </div>
      )}
      {runs?.length === 0 && <p>You have not run this exercise in this browser yet.</p>}
      <p role="status">{word}</p>
      <ol className="wb-history">
        {runs?.map((run) => {
          const when = new Date(run.acceptedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
          return (
            <li key={run.id} className="wb-variant wb-earlier">
              <h3>
                {when}
                <span className="wb-state" data-result={run.outcome ?? undefined}>
                  {run.outcome ? inWords(run.outcome) : run.state}
                </span>
              </h3>
              <p className="wb-quiet">
                {run.only !== null && `Only “${run.only}”. `}
                {run.checks !== null && run.checks > 0
                  ? `${run.checksPassed} of ${run.checks} checks passed.`
                  : run.caught !== null && `${run.caught} of ${run.bugs} bugs caught.`}
              </p>
              <div className="wb-actions">
                <button
                  type="button"
                  className="button"
                  aria-expanded={open?.id === run.id}
                  onClick={() =>
                    open?.id === run.id ? setOpen(null) : withFiles(run.id, (files) => setOpen({ id: run.id, files }))
                  }
                >
                  Compare with now<span className="visually-hidden">, run of {when}</span>
                </button>
                <button
                  type="button"
                  className="button"
                  onClick={() =>
                    withFiles(run.id, (files) => {
                      draft.restore(files);
                      setWord(`The code of ${when} is in the editor. “Undo reset” brings back what was there.`);
                    })
                  }
                >
                  Restore this code<span className="visually-hidden">, run of {when}</span>
                </button>
                <button
                  type="button"
                  className="button button-plain"
                  disabled={control.busy}
                  onClick={() =>
                    withFiles(run.id, (files) => {
                      if (!latest.current || latest.current.busy) return;
                      latest.current.recall(run.id, files, run.only);
                      onShow('results');
                    })
                  }
                >
                  Show its results<span className="visually-hidden">, run of {when}</span>
                </button>
              </div>
              {open?.id === run.id && (
                <div>
                  <p className="wb-quiet">
                    <span data-line="removed">− then</span>, <span data-line="added">+ now</span>
                  </p>
                  {Object.entries(open.files).map(([path, text]) => (
                    <DiffView
                      key={path}
                      label={`${path}, then and now`}
                      before={text}
                      after={draft.texts[path] ?? ''}
                    />
                  ))}
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function reasonOf(error: unknown): string {
  return error instanceof RequestRefused
    ? `${error.report.title}. ${error.report.todo}`
    : 'The answer of the runner could not be read. Reload this page; your edits are safe.';
}
