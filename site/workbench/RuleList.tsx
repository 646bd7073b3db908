import type { WorkbenchExercise } from './exercise-props.ts';
import { Hints } from './Hints.tsx';

/** What the suite has to keep in every column, with help. Which rule was broken stands where it was broken. */
export function RuleList({ exercise }: { exercise: WorkbenchExercise }) {
  if (exercise.rules.length === 0) return null;
  return (
    <section className="wb-block" aria-labelledby="wb-rules" data-testid="rules">
      <h3 id="wb-rules">The rules</h3>
      <p className="wb-quiet">The runner looks from outside: in every column, also where tests fail on a bug.</p>
      <ol className="wb-bugs">
        {exercise.rules.map((rule) => (
          <li key={rule.id} className="wb-variant" data-testid={`rule-${rule.id}`}>
            <h4>{rule.title}</h4>
            <Hints exercise={exercise} hinted={rule} />
          </li>
        ))}
      </ol>
    </section>
  );
}
