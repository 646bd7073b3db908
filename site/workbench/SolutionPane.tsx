import { useState } from 'react';
import { isDone } from '../progress/progress.ts';
import type { Answers } from './answers.ts';
import type { Texts } from './drafts.ts';
import type { WorkbenchExercise } from './exercise-props.ts';
import { TestFiles } from './HiddenTests.tsx';
import { SolvedFile } from './SolvedFile.tsx';
import { useAnswers } from './use-answers.ts';

/** The authors’ solution beside what is in the editor, which it never touches. */
export function SolutionPane({ exercise, texts }: { exercise: WorkbenchExercise; texts: Texts }) {
  const [passed] = useState(() => isDone('exercise', exercise.slug));
  const [asked, setAsked] = useState(false);
  const { answers, failed, again } = useAnswers(exercise.slug, passed || asked);
  if (!passed && !asked) {
    return (
      <div data-testid="solution">
        <h2>The solution</h2>
        <p>
          You have not passed this exercise yet. Hints under “Results” tell less at a time; and what you find yourself
          stays with you longer. Looking does not change your edits, and you can still pass afterwards.
        </p>
        <div className="wb-actions">
          <button type="button" className="button" onClick={() => setAsked(true)}>
            Show the solution all the same
          </button>
        </div>
      </div>
    );
  }
  if (failed) {
    return (
      <div role="alert" data-testid="solution">
        <p>The solution could not be loaded: the runner does not answer. Your edits are safe.</p>
        <div className="wb-actions">
          <button type="button" className="button" onClick={again}>
            Try again
          </button>
        </div>
      </div>
    );
  }
  return (
    <div className="wb-answers" data-testid="solution" aria-busy={!answers}>
      <h2>The solution</h2>
      {answers ? (
        <Shown exercise={exercise} answers={answers} texts={texts} />
      ) : (
        <p role="status">Loading the solution…</p>
      )}
    </div>
  );
}

function Shown({ exercise, answers, texts }: { exercise: WorkbenchExercise; answers: Answers; texts: Texts }) {
  return (
    <>
      <p className="wb-quiet">Your edits stay as they are.</p>
      {Object.entries(answers.solution).map(([path, text]) => (
        <SolvedFile key={path} path={path} own={texts[path] ?? ''} solved={text} />
      ))}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made at build from our own exercise’s Markdown */}
      <div className="prose wb-discussion" dangerouslySetInnerHTML={{ __html: answers.discussion }} />
      {exercise.kind === 'write-code' ? <Checks exercise={exercise} answers={answers} /> : <Tested answers={answers} />}
    </>
  );
}

/** The correct implementations that tests were run on. */
function Tested({ answers }: { answers: Answers }) {
  return (
    <>
      <h3>The code that was tested, done in {answers.references.length} ways</h3>
      <p className="wb-quiet">All are correct: a test must hold for each.</p>
      {answers.references.map(({ id, title, files }) => (
        <details key={id} className="wb-output">
          <summary>{title}</summary>
          {Object.entries(files).map(([path, text]) => (
            <div key={path}>
              <p className="wb-quiet">
                <code>{path}</code>
              </p>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard */}
              <pre className="wb-lines" tabIndex={0}>
                {text}
              </pre>
            </div>
          ))}
        </details>
      ))}
    </>
  );
}

/** The tests that code was checked by. */
function Checks({ exercise, answers }: { exercise: WorkbenchExercise; answers: Answers }) {
  return (
    <>
      <h3>The tests that checked it</h3>
      <p className="wb-quiet">They were hidden so that you had to think of what can go wrong. Here they are.</p>
      {answers.checks.map(({ id, tests }) => (
        <details key={id} className="wb-output">
          <summary>{exercise.checks.find((check) => check.id === id)?.title ?? id}</summary>
          <TestFiles tests={tests} />
        </details>
      ))}
    </>
  );
}
