import { type ReactNode, useState } from 'react';
import type { Hinted, WorkbenchExercise } from './exercise-props.ts';

type Props = {
  exercise: WorkbenchExercise;
  hinted: Hinted;
  /** What the last stage is called on its button, such as “Show the difference”, where there is one after the hints. */
  last?: string;
  /** The last stage. */
  children?: ReactNode;
};

/** Help with what went wrong, a stage at a time and each on request. */
export function Hints({ exercise, hinted, last, children }: Props) {
  const [shown, setShown] = useState(0);
  const { hints, title, misconception } = hinted;
  const stages = hints.length + (children === undefined ? 0 : 1);
  const next = shown === 0 ? 'Give me a hint' : shown < hints.length ? 'Another hint' : last;
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
      {shown > hints.length && children}
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
