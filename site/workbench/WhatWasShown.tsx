import type { ReactNode } from 'react';
import type { Verdict } from '../../runner/protocol.ts';
import type { WorkbenchExercise } from './exercise-props.ts';
import { counted } from './words.ts';

/** After a pass: what it proves, `children` test by test, and where to go on. */
export function WhatWasShown(props: { exercise: WorkbenchExercise; verdict: Verdict; children: ReactNode }) {
  const { exercise, verdict, children } = props;
  const isCode = exercise.kind === 'write-code';
  const beliefs = [...exercise.mutants, ...exercise.checks].flatMap(({ misconception }) => misconception ?? []);
  const distinct = beliefs.filter(({ href }, place) => beliefs.findIndex((other) => other.href === href) === place);
  const kept = (verdict.checks ?? []).filter(({ outcome }) => outcome === 'passed');
  return (
    <section className="wb-block" aria-labelledby="wb-shown" data-testid="shown">
      <h3 id="wb-shown">What your {isCode ? 'code' : 'tests'} showed</h3>
      {isCode && (
        <p>
          It keeps {counted(kept.length, 'promise')} against a real database, each in a sandbox of its own. The tests
          that say so are under “Solution”.
        </p>
      )}
      {children}
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
