import type { ExerciseKind } from './exercise-props.ts';
import { FailedTests } from './FailedTests.tsx';
import { failureGroups } from './failure-groups.ts';
import type { Column } from './matrix.ts';
import { OutsideOfTests } from './OutsideOfTests.tsx';
import { Reason } from './Reason.tsx';
import { resultInWords } from './words.ts';

/** Correct implementations that the tests did not pass on, with what failed there. */
export function FailingReferences(props: { kind: ExerciseKind; columns: readonly Column[]; anyTest: boolean }) {
  const { kind, columns, anyTest } = props;
  const groups = failureGroups(columns);
  if (groups.length === 0) return null;
  return (
    <section className="wb-block" aria-labelledby="wb-references" data-testid="failing-references">
      <h3 id="wb-references">{titleOf(groups[0], anyTest)}</h3>
      {anyTest && <p className="wb-quiet">{meanings[kind === 'mend-suite' ? 'mend-suite' : 'write-tests']}</p>}
      {groups.map(([column, ...others]) => (
        <div key={column.id} className="wb-variant">
          <h4>
            <span className="wb-code-name">{column.code}</span> {column.title}
            <span className="wb-state" data-result={column.result}>
              {resultInWords(column.result)}
            </span>
          </h4>
          {column.reason && <Reason text={column.reason} />}
          <OutsideOfTests error={column.error} />
          {column.variant && <FailedTests tests={column.variant.tests} />}
          {others.length > 0 && <p className="wb-quiet">The same on {others.map(({ code }) => code).join(', ')}.</p>}
          {anyTest && column.result === 'failed' && <PassesElsewhere kind={kind} all={columns} />}
        </div>
      ))}
    </section>
  );
}

const meanings = {
  'write-tests':
    'These implementations do everything that the brief asks. A test that fails on one of them demands something more, or has a mistake in it.',
  'mend-suite':
    'These implementations do everything that the brief asks. What is wrong is in the suite: its order, what its tests share, what it waits for, or a rule that it breaks.',
};

function titleOf(group: readonly Column[] | undefined, anyTest: boolean): string {
  if (group?.[0]?.result === 'rule-broken') return 'Your suite breaks a rule';
  if (group?.[0]?.result !== 'failed') return 'Your tests did not come to an end';
  return anyTest ? 'Your tests fail on correct code' : 'No test of yours could run';
}

/** What differs between where they fail and where they pass is what the tests rest on, beyond the brief. */
function PassesElsewhere({ kind, all }: { kind: ExerciseKind; all: readonly Column[] }) {
  const passing = all.filter(({ group, result }) => group === 'reference' && result === 'passed');
  if (passing.length === 0) return null;
  const why =
    kind === 'mend-suite'
      ? 'compare how the suite is run there and here, and how the code goes about it.'
      : 'what they ask for here is one way of doing it, and not what the brief promises.';
  return (
    <p>
      The same tests pass on {passing.map(({ code }) => code).join(', ')}: {why}
    </p>
  );
}
