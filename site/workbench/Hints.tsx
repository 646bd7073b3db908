import { useState } from 'react';
import { DiffView } from './DiffView.tsx';
import type { Hinted, WorkbenchExercise } from './exercise-props.ts';
import { useAnswers } from './use-answers.ts';

/** Help with a bug that got away, a stage at a time and each on request; the difference itself is the last one. */
export function Hints({ exercise, mutant }: { exercise: WorkbenchExercise; mutant: Hinted }) {
  const [shown, setShown] = useState(0);
  const { hints, title, misconception } = mutant;
  const stages = hints.length + 1;
  const next = shown === 0 ? 'Give me a hint' : shown < hints.length ? 'Another hint' : 'Show the difference';
  return (
    <div className="wb-hints">
      <ol aria-live="polite">
        {hints.slice(0, shown).map((hint) => (
          <li key={hint}>{hint}</li>
        ))}
      </ol>
      {shown >= 2 && (misconception ?? exercise.lesson) && (
        <p className="wb-quiet">
          {misconception && (
            <>
              The belief behind it: <a href={misconception.href}>{misconception.title}</a>.{' '}
            </>
          )}
          {exercise.lesson && (
            <>
              The lesson: <a href={exercise.lesson.href}>{exercise.lesson.title}</a>.
            </>
          )}
        </p>
      )}
      {shown === stages && <Difference exercise={exercise} mutant={mutant} />}
      {shown < stages && (
        <button type="button" className="button" onClick={() => setShown(shown + 1)}>
          {next}
          <span className="visually-hidden"> for “{title}”</span>
          <span className="wb-quiet">
            {shown + 1} of {stages}
          </span>
        </button>
      )}
    </div>
  );
}

/** The bug beside the correct code that it was planted in. */
function Difference({ exercise, mutant }: { exercise: WorkbenchExercise; mutant: Hinted }) {
  const { answers, failed, again } = useAnswers(exercise.slug, true);
  if (failed) {
    return (
      <p role="status">
        The difference could not be loaded: the runner does not answer.{' '}
        <button type="button" className="button" onClick={again}>
          Try again
        </button>
      </p>
    );
  }
  const bug = answers?.mutants.find(({ id }) => id === mutant.id);
  const base = answers?.references.find(({ id }) => id === bug?.base);
  if (!bug || !base) return <p role="status">Loading the difference…</p>;
  return (
    <div data-testid="bug-difference">
      {Object.entries(bug.changed).map(([path, text]) => (
        <div key={path}>
          <p className="wb-quiet">
            <code>{path}</code>: “{base.title}”, and the bug in it
          </p>
          <DiffView label={`The bug in ${path}`} before={base.files[path] ?? ''} after={text} />
        </div>
      ))}
    </div>
  );
}
