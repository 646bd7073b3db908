import type { WorkbenchExercise } from './exercise-props.ts';
import { Hints } from './Hints.tsx';
import type { Column } from './matrix.ts';
import { ruleState } from './rule-state.ts';

/** What the suite has to keep in every column, what became of each, and help. How a rule was broken stands at the column. */
export function RuleList({ exercise, columns }: { exercise: WorkbenchExercise; columns: readonly Column[] }) {
  if (exercise.rules.length === 0) return null;
  return (
    <section className="wb-block" aria-labelledby="wb-rules" data-testid="rules">
      <h3 id="wb-rules">The rules</h3>
      <p className="wb-quiet">The runner looks from outside: in every column, also where tests fail on a bug.</p>
      <ol className="wb-bugs">
        {exercise.rules.map((rule) => {
          const { broken, kept } = ruleState(rule.id, columns);
          return (
            <li key={rule.id} className="wb-variant" data-testid={`rule-${rule.id}`}>
              <h4>
                {rule.title}
                {broken.length > 0 && (
                  <span className="wb-state" data-result="rule-broken">
                    broken
                  </span>
                )}
                {kept && (
                  <span className="wb-state" data-result="passed">
                    kept
                  </span>
                )}
              </h4>
              {broken.length > 0 && <p className="wb-quiet">Broken on {broken.map(({ code }) => code).join(', ')}.</p>}
              {!kept && <Hints exercise={exercise} hinted={rule} />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
