import { useMemo, useState } from 'react';
import type { Column } from './matrix.ts';
import { TraceList } from './TraceList.tsx';
import { differencesOf } from './trace-diff.ts';
import { type TraceGroup, traceGroups } from './trace-groups.ts';
import { VariantChoice } from './VariantChoice.tsx';
import { counted, fineMilliseconds } from './words.ts';

type Props = { columns: readonly Column[]; suite: string };

/** What the runner saw cross between the tests and their containers, one variant at a time or two side by side. */
export function TracePanel({ columns, suite }: Props) {
  const traced = columns.filter(({ variant }) => variant && variant.trace.length > 0);
  const [chosen, choose] = useState('');
  const [beside, setBeside] = useState('');
  const column = traced.find(({ id }) => id === chosen) ?? traced[0];
  const other = traced.find(({ id }) => id === beside && id !== column?.id);
  const groups = useGroups(column);
  const otherGroups = useGroups(other);
  if (!column) return null;
  const dropped = column.variant?.traceDropped ?? 0;
  return (
    <section className="wb-block" aria-labelledby="wb-trace" data-testid="trace">
      <h3 id="wb-trace">What crossed the boundary</h3>
      <p className="wb-quiet">
        Read on the way between your tests and their database, so that it is what was said, not what was meant. A press
        on a statement goes to the line of yours that sent it, where that is known.
      </p>
      <div className="wb-choice">
        <VariantChoice label="Show" columns={traced} value={column.id} onChoose={choose} />
        <VariantChoice
          label="beside"
          columns={traced.filter(({ id }) => id !== column.id)}
          value={other?.id ?? ''}
          onChoose={setBeside}
          none="nothing"
        />
      </div>
      {groups.map((group) => (
        <Group
          key={`${column.id} ${group.key}`}
          group={group}
          suite={suite}
          column={column}
          beside={other && { column: other, group: counterpartOf(group, otherGroups) }}
        />
      ))}
      {dropped > 0 && <p className="wb-note">{counted(dropped, 'more entry', 'more entries')} are left out.</p>}
    </section>
  );
}

function useGroups(column: Column | undefined): TraceGroup[] {
  const trace = column?.variant?.trace;
  return useMemo(() => (trace ? traceGroups(trace) : []), [trace]);
}

/** The same test's, or the same place's between tests. */
function counterpartOf(group: TraceGroup, others: readonly TraceGroup[]): TraceGroup | undefined {
  return others.find(({ test, title }) => test === group.test && title === group.title);
}

type GroupProps = {
  group: TraceGroup;
  suite: string;
  column: Column;
  beside: { column: Column; group: TraceGroup | undefined } | undefined;
};

/** One test's part, folded until it is asked for: only what is open is drawn. */
function Group({ group, suite, column, beside }: GroupProps) {
  const [open, setOpen] = useState(false);
  const { title, test, entries, exact } = group;
  const others = beside?.group?.entries ?? [];
  const differences = useMemo(() => (beside ? differencesOf(entries, others) : undefined), [beside, entries, others]);
  const differ =
    beside && (entries.length !== others.length || differences?.some((difference) => difference !== 'same'));
  return (
    <details className="wb-output" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className={test === undefined ? 'wb-quiet' : 'wb-test-name'}>
          {test === undefined ? title : title.slice(suite.length)}
        </span>{' '}
        <span className="wb-quiet wb-together">{summaryOf(group)}</span>
        {differ && <span className="wb-trace-difference"> differs</span>}
      </summary>
      {open && !exact && (
        <p className="wb-note">Several tests ran at once: some of this is told apart only by its connection.</p>
      )}
      {open && !beside && <TraceList entries={entries} />}
      {open && beside && (
        <div className="wb-trace-sides">
          <div>
            <h4>{column.code}</h4>
            <TraceList entries={entries} differences={differences} />
          </div>
          <div>
            <h4>{beside.column.code}</h4>
            {others.length > 0 ? (
              <TraceList entries={others} differences={differencesOf(others, entries)} />
            ) : (
              <p className="wb-quiet">Nothing crossed here.</p>
            )}
          </div>
        </div>
      )}
    </details>
  );
}

function summaryOf({ statements, errors, ms }: TraceGroup): string {
  if (statements === 0) return 'connections only';
  const parts = [counted(statements, 'statement'), fineMilliseconds(ms)];
  if (errors > 0) parts.push(counted(errors, 'error'));
  return parts.join(', ');
}
