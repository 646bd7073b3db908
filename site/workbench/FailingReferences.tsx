import { FailedTests } from './FailedTests.tsx';
import { failureGroups } from './failure-groups.ts';
import type { Column } from './matrix.ts';
import { OutsideOfTests } from './OutsideOfTests.tsx';
import { resultInWords } from './words.ts';

/** Correct implementations that the tests did not pass on, with what failed there. */
export function FailingReferences({ columns, anyTest }: { columns: readonly Column[]; anyTest: boolean }) {
  const groups = failureGroups(columns);
  if (groups.length === 0) return null;
  return (
    <section className="wb-block" aria-labelledby="wb-references" data-testid="failing-references">
      <h3 id="wb-references">{titleOf(groups[0], anyTest)}</h3>
      {anyTest && (
        <p className="wb-quiet">
          These implementations do everything that the brief asks. A test that fails on one of them demands something
          more, or has a mistake in it.
        </p>
      )}
      {groups.map(([column, ...others]) => (
        <div key={column.id} className="wb-variant">
          <h4>
            <span className="wb-code-name">{column.code}</span> {column.title}
            <span className="wb-state" data-result={column.result}>
              {resultInWords(column.result)}
            </span>
          </h4>
          {column.reason && <p>{column.reason}</p>}
          <OutsideOfTests error={column.error} />
          {column.variant && <FailedTests tests={column.variant.tests} />}
          {others.length > 0 && <p className="wb-quiet">The same on {others.map(({ code }) => code).join(', ')}.</p>}
          {anyTest && column.result === 'failed' && <Overspecified all={columns} />}
        </div>
      ))}
    </section>
  );
}

function titleOf(group: readonly Column[] | undefined, anyTest: boolean): string {
  if (group?.[0]?.result !== 'failed') return 'Your tests did not come to an end';
  return anyTest ? 'Your tests fail on correct code' : 'No test of yours could run';
}

/** Where other correct code passes, what differs between the two is what the test demands beyond the brief. */
function Overspecified({ all }: { all: readonly Column[] }) {
  const passing = all.filter(({ group, result }) => group === 'reference' && result === 'passed');
  if (passing.length === 0) return null;
  return (
    <p>
      The same tests pass on {passing.map(({ code }) => code).join(', ')}: what they ask for here is one way of doing
      it, and not what the brief promises.
    </p>
  );
}
