import type { WorkbenchExercise } from './exercise-props.ts';
import { FailedTests } from './FailedTests.tsx';
import { oneCause } from './failure-groups.ts';
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
export function CheckList({ exercise, columns: all, present }: Props) {
  return groups.map(({ group, title, id }) => {
    const checks = all.filter((column) => column.group === group);
    if (checks.length === 0) return null;
    return (
      <section key={group} className="wb-block" aria-labelledby={id}>
        <h3 id={id}>
          {title}
          {group === 'extra' && <span className="wb-quiet">, not needed for a pass</span>}
        </h3>
        <ol className="wb-bugs">
          {checks.map((column) => (
            <Check
              key={column.id}
              column={column}
              like={firstLike(column, all)}
              exercise={exercise}
              present={present}
            />
          ))}
        </ol>
      </section>
    );
  });
}

/** The first check that failed by the same one cause, where this is a later one. */
function firstLike(column: Column, all: readonly Column[]): Column | undefined {
  const cause = oneCause(column);
  const first = cause === null ? undefined : all.find((other) => oneCause(other) === cause);
  return first === column ? undefined : first;
}

type CheckProps = Omit<Props, 'columns'> & { column: Column; like: Column | undefined };

function Check({ column, like, exercise, present }: CheckProps) {
  const { id, code, title, result, reason, error, variant } = column;
  const check = exercise.checks.find((one) => one.id === id);
  const broken = !FINE.has(result);
  const tests = variant?.tests ?? new Map();
  // Hints are about what code does, and this did not begin to.
  const unloaded = error !== null && tests.size === 0;
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
      {!like && reason && result !== 'passed' && !(told && result === 'failed') && <p>{reason}</p>}
      {like ? (
        <p>It fails for the same reason as {like.code}.</p>
      ) : (
        <>
          <OutsideOfTests error={error} />
          <FailedTests tests={tests} whose="the hidden test" />
        </>
      )}
      {present && (result === 'waiting' || result === 'running') && <p className="wb-room" aria-hidden="true" />}
      {broken && check && !unloaded && (
        <Hints exercise={exercise} hinted={check} last="Show its tests">
          <HiddenTests slug={exercise.slug} id={id} />
        </Hints>
      )}
    </li>
  );
}

// Nothing to help with, or nothing yet.
const FINE = new Set<Column['result']>(['passed', 'waiting', 'running', 'not-run', 'cancelled']);
