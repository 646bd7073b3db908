import type { Verdict } from '../../runner/protocol.ts';
import type { WorkbenchExercise } from './exercise-props.ts';
import { worthOfTests } from './what-was-shown.ts';
import { counted } from './words.ts';

type Props = {
  exercise: WorkbenchExercise;
  verdict: Verdict;
  tests: readonly string[];
  /** What every test’s name begins with. */
  suite: string;
};

/** After a pass: what it proves, test by test, and where to go on. */
export function WhatWasShown({ exercise, verdict, tests, suite }: Props) {
  const worth = worthOfTests(tests, verdict.mutants);
  const beliefs = exercise.mutants.flatMap(({ misconception }) => misconception ?? []);
  const distinct = beliefs.filter(({ href }, place) => beliefs.findIndex((other) => other.href === href) === place);
  return (
    <section className="wb-block" aria-labelledby="wb-shown" data-testid="shown">
      <h3 id="wb-shown">What your tests showed</h3>
      <p>
        They hold for {counted(verdict.references.length, 'correct implementation')} that differ in how they work, so
        they ask for behaviour and not for one way to it.
      </p>
      <ul className="wb-shown">
        {worth.map(({ test, alone, shared }) => (
          <li key={test}>
            <span className="wb-test-name">{test.slice(suite.length)}</span>{' '}
            {alone.length > 0
              ? `is the only one to catch ${alone.map((title) => `“${title}”`).join(' ')}`
              : shared > 0
                ? `catches ${counted(shared, 'bug')}, each of which another test catches too.`
                : 'catches none of these bugs; it may still be worth its time.'}
          </li>
        ))}
      </ul>
      <p>You have practised:</p>
      <ul>
        {exercise.practises.map((skill) => (
          <li key={skill}>{skill}</li>
        ))}
      </ul>
      {(exercise.lesson || distinct.length > 0) && (
        <p>
          Read on:{' '}
          {[exercise.lesson, ...distinct].flatMap((link, place) =>
            link
              ? [
                  place > 0 ? ' · ' : '',
                  <a key={link.href} href={link.href}>
                    {link.title}
                  </a>,
                ]
              : [],
          )}
        </p>
      )}
      <p className="wb-quiet">The authors’ solution is under “Solution”, side by side with yours.</p>
    </section>
  );
}
