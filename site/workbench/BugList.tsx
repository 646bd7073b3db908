import { BugDifference } from './BugDifference.tsx';
import type { WorkbenchExercise } from './exercise-props.ts';
import { Hints } from './Hints.tsx';
import type { Column, Group } from './matrix.ts';
import { OutsideOfTests } from './OutsideOfTests.tsx';
import { Reason } from './Reason.tsx';
import type { RunState } from './run-state.ts';
import { counted, resultInWords } from './words.ts';

type Props = {
  exercise: WorkbenchExercise;
  columns: readonly Column[];
  /** What every test’s name begins with. */
  suite: string;
  run: RunState;
  /** Whether a run was sent. */
  present: boolean;
};

const groups: readonly { group: Group; title: string; id: string }[] = [
  { group: 'core', title: 'The bugs', id: 'wb-bugs' },
  { group: 'bonus', title: 'Bonus bugs', id: 'wb-bonus' },
];

/** The planted bugs: what a user would notice, what became of each, and help with those that got away. */
export function BugList({ exercise, columns, suite, run, present }: Props) {
  return groups.map(({ group, title, id }) => {
    const bugs = columns.filter((column) => column.group === group);
    if (bugs.length === 0) return null;
    return (
      <section key={group} className="wb-block" aria-labelledby={id}>
        <h3 id={id}>
          {title}
          {group === 'bonus' && <span className="wb-quiet">, not needed for a pass</span>}
        </h3>
        <ol className="wb-bugs">
          {bugs.map((column) => (
            <Bug key={column.id} column={column} exercise={exercise} suite={suite} run={run} present={present} />
          ))}
        </ol>
      </section>
    );
  });
}

function Bug({ column, exercise, suite, run, present }: Omit<Props, 'columns'> & { column: Column }) {
  const [killer, ...others] = run.verdict?.mutants.find(({ id }) => id === column.id)?.killedBy ?? [];
  const mutant = exercise.mutants.find(({ id }) => id === column.id);
  return (
    <li className="wb-variant" data-testid={`bug-${column.id}`} data-result={column.result}>
      <h4>
        <span className="wb-code-name">{column.code}</span> {column.title}
        <span className="wb-state" data-result={column.result}>
          {resultInWords(column.result)}
        </span>
      </h4>
      {killer !== undefined && (
        <p className="wb-quiet">
          Caught by “{killer.startsWith(suite) ? killer.slice(suite.length) : killer}”
          {others.length > 0 && ` and ${counted(others.length, 'more test')}`}
        </p>
      )}
      {column.reason && (column.result !== 'killed' || column.error) && <Reason text={column.reason} />}
      <OutsideOfTests error={column.error} />
      {present && WITHOUT_WORDS.has(column.result) && <p className="wb-room" aria-hidden="true" />}
      {(column.result === 'survived' || column.result === 'rule-broken') && mutant && (
        <Hints exercise={exercise} hinted={mutant} last="Show the difference">
          <BugDifference slug={exercise.slug} id={mutant.id} />
        </Hints>
      )}
    </li>
  );
}

// A line is kept free for what will be said once it is known, so that the list does not jump.
const WITHOUT_WORDS = new Set<Column['result']>(['waiting', 'running']);
