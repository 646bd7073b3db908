import { useMemo } from 'react';
import { type DiffLine, lineDiff } from './line-diff.ts';

type Props = {
  /** What is compared, for those who hear it. */
  label: string;
  before: string;
  after: string;
  /** Lines that are the same to show around what differs. */
  around?: number;
};

const signs = { same: ' ', removed: '−', added: '+' } as const;
const words = { same: '', removed: 'removed: ', added: 'added: ' } as const;

/** The difference of two texts, one line below the other: it fits any width, and is read in one go. */
export function DiffView({ label, before, after, around = 3 }: Props) {
  const hunks = useMemo(() => lineDiff(before, after, around), [before, after, around]);
  if (hunks.length === 0) return <p className="wb-quiet">No difference.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard
    <section className="wb-diff" aria-label={label} tabIndex={0}>
      {hunks.map((hunk, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a hunk is its place
        <ol key={place}>
          {hunk.map((line) => (
            <Line key={`${line.before}-${line.after}`} line={line} />
          ))}
        </ol>
      ))}
    </section>
  );
}

function Line({ line: { kind, text, before, after } }: { line: DiffLine }) {
  return (
    <li data-line={kind}>
      <span className="wb-diff-number" aria-hidden="true">
        {after ?? before}
      </span>
      <span className="wb-diff-sign" aria-hidden="true">
        {signs[kind]}
      </span>
      <code>
        {kind !== 'same' && <span className="visually-hidden">{words[kind]}</span>}
        {text}
        {'\n'}
      </code>
    </li>
  );
}
