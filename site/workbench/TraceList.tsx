import type { Place, TraceEntry, TraceTransaction } from '../../runner/protocol.ts';
import { PlaceLink, useGoToPlace } from './place-link.tsx';
import type { Difference } from './trace-diff.ts';
import { answerOf, lifeOf, type TraceStatement, unindented } from './trace-groups.ts';
import { fineMilliseconds } from './words.ts';

type Props = {
  entries: readonly TraceEntry[];
  /** For each entry, how it differs from the trace beside it. */
  differences?: readonly Difference[] | undefined;
};

const partWords: Record<TraceTransaction['part'], string> = {
  begin: 'begins transaction',
  inside: 'in transaction',
  failed: 'in failed transaction',
  commit: 'commits transaction',
  rollback: 'rolls back transaction',
};

const differenceWords: Record<Difference, string> = {
  same: '',
  'only-here': 'only here',
  'answered-otherwise': 'answered otherwise there',
};

/** What crossed in one test, line by line; a bracket at the side holds what one transaction holds. */
export function TraceList({ entries, differences }: Props) {
  const go = useGoToPlace();
  const someKnown = entries.some((entry) => entry.kind === 'statement' && entry.sentFrom);
  const connections = new Set(entries.map(({ container, connection }) => `${container} ${connection}`));
  return (
    <ol className="wb-trace">
      {entries.map((entry, place) => {
        const difference = differences?.[place] ?? 'same';
        const [from] = (entry.kind === 'statement' && entry.sentFrom) || [];
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the place beside the statement is a button that does the same
          <li
            key={entry.index}
            className="wb-crossing"
            data-kind={entry.kind}
            data-part={entry.kind === 'statement' ? entry.transaction?.part : undefined}
            data-difference={difference}
            data-placed={from !== undefined || undefined}
            onClick={from && (() => getSelection()?.isCollapsed !== false && go(from))}
          >
            <div className="wb-trace-line">
              {connections.size > 1 && <span className="wb-trace-connection">#{entry.connection}</span>}
              {entry.kind === 'statement' ? (
                <Statement entry={entry} someKnown={someKnown} />
              ) : (
                <span className="wb-quiet">{lifeOf(entry)}</span>
              )}
            </div>
            {difference !== 'same' && <span className="wb-trace-difference">{differenceWords[difference]}</span>}
          </li>
        );
      })}
    </ol>
  );
}

function Statement({ entry, someKnown }: { entry: TraceStatement; someKnown: boolean }) {
  const { sql, cut, parameters, notices, transaction, error, answered, ms } = entry;
  return (
    <>
      <code className="wb-trace-sql">
        {unindented(sql)}
        {cut && '…'}
      </code>
      {parameters.length > 0 && (
        <span className="wb-trace-values">
          {parameters.map(({ type, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a parameter is its place
            <span key={index} title={type}>
              ${index + 1} = {value === null ? <i>null</i> : <code>{value === '' ? '(empty)' : value}</code>}
            </span>
          ))}
        </span>
      )}
      {notices.map((notice) => (
        <span key={notice} className="wb-trace-values">
          {notice}
        </span>
      ))}
      <span className="wb-trace-answer" data-bad={error !== null || !answered || undefined}>
        {someKnown && <Sender places={entry.sentFrom ?? []} />}
        {answerOf(entry)}
        <span className="wb-trace-ms">{fineMilliseconds(ms)}</span>
        {transaction && (
          <span className="visually-hidden">
            , {partWords[transaction.part]} {transaction.id}
          </span>
        )}
      </span>
    </>
  );
}

/** The lines that sent a statement, the one that called the database first. */
function Sender({ places }: { places: readonly Place[] }) {
  const [sender, ...callers] = places;
  const caller = callers.find(({ line }) => line !== sender?.line);
  if (!sender) return <span className="wb-trace-from wb-quiet">line not known</span>;
  return (
    <span className="wb-trace-from">
      <PlaceLink {...sender} words={`line ${sender.line}`} />
      {caller && (
        <>
          {' '}
          from <PlaceLink {...caller} words={`line ${caller.line}`} />
        </>
      )}
    </span>
  );
}
