import type { WorkbenchExercise } from './exercise-props.ts';
import { FailedTests } from './FailedTests.tsx';
import { HiddenTests } from './HiddenTests.tsx';
import { Hints } from './Hints.tsx';
import type { Column, Group } from './matrix.ts';
import { OutsideOfTests } from './OutsideOfTests.tsx';
import { resultInWords } from './words.ts';

type Props = {
  exercise: WorkbenchExercise;
  columns: readonly Column[];
  /** Whether a run was sent. */
  present: boolean;
};

const groups: readonly { group: Group; title: string; id: string }[] = [
  { group: 'check', title: 'The checks', id: 'wb-checks' },
  { group: 'extra', title: 'Bonus checks', id: 'wb-extra' },
];

/** What the code has to do, what became of each, and help with those that it does not. */
export function CheckList({ exercise, columns, present }: Props) {
  return groups.map(({ group, title, id }) => {
    const checks = columns.filter((column) => column.group === group);
    if (checks.length === 0) return null;
    return (
      <section key={group} className="wb-block" aria-labelledby={id}>
        <h3 id={id}>
          {title}
          {group === 'extra' && <span className="wb-quiet">, not needed for a pass</span>}
        </h3>
        <ol className="wb-bugs">
          {checks.map((column) => (
            <Check key={column.id} column={column} exercise={exercise} present={present} />
          ))}
        </ol>
      </section>
    );
  });
}

function Check({ column, exercise, present }: Omit<Props, 'columns'> & { column: Column }) {
  const { id, code, title, result, reason, error, variant } = column;
  const check = exercise.checks.find((one) => one.id === id);
  const broken = !FINE.has(result);
  const tests = variant?.tests ?? new Map();
  const told = [...tests.values()].some(({ outcome }) => outcome === 'failed');
  return (
    <li className="wb-variant" data-testid={`check-${id}`} data-result={result}>
      <h4>
        <span className="wb-code-name">{code}</span> {title}
        <span className="wb-state" data-result={result}>
          {resultInWords(result)}
        </span>
      </h4>
      {/* What a test says is said once, by that test. */}
      {reason && result !== 'passed' && !(told && result === 'failed') && <p>{reason}</p>}
      <OutsideOfTests error={error} />
      <FailedTests tests={tests} whose="the hidden test" />
      {present && (result === 'waiting' || result === 'running') && <p className="wb-room" aria-hidden="true" />}
      {broken && check && (
        <Hints exercise={exercise} hinted={check} last="Show its tests">
          <HiddenTests slug={exercise.slug} id={id} />
        </Hints>
      )}
    </li>
  );
}

// Nothing to help with, or nothing yet.
const FINE = new Set<Column['result']>(['passed', 'waiting', 'running', 'not-run', 'cancelled']);
