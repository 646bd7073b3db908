import type { ComponentProps } from 'react';
import { Icon } from './icons.tsx';
import { type Cell, type Column, type ColumnResult, type Group, type Matrix, unreported } from './matrix.ts';
import { counted, inWords } from './words.ts';

type Sign = ComponentProps<typeof Icon>['sign'];

const cells: Record<Cell, { sign: Sign; words: string }> = {
  passes: { sign: 'check', words: 'passes' },
  fails: { sign: 'cross', words: 'fails' },
  catches: { sign: 'caught', words: 'catches it' },
  misses: { sign: 'missed', words: 'misses it' },
  skipped: { sign: 'skip', words: 'skipped' },
  silent: { sign: 'dash', words: 'no result' },
  waiting: { sign: 'dot', words: 'waiting' },
  running: { sign: 'dot', words: 'running' },
};

const groups: Record<Group, string> = {
  reference: 'Correct: must pass',
  core: 'Bugs to catch',
  bonus: 'Bonus bugs',
};

type Props = {
  matrix: Matrix;
  /** Titles of tests that have not reported yet; their rows are only room. */
  reserved: readonly string[];
  /** What stands where there is no row. */
  placeholder: string;
};

/** Tests × variants. The boundary line stands between what is correct and what is broken. */
export function KillMatrix({ matrix, reserved, placeholder }: Props) {
  const { columns, rows, hiddenRows, suite } = matrix;
  const present = (['reference', 'core', 'bonus'] as const).filter((group) =>
    columns.some((item) => item.group === group),
  );
  return (
    <div className="wb-matrix">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard */}
      <section className="wb-scroll" aria-label="Kill matrix" tabIndex={0}>
        <table data-testid="kill-matrix">
          <caption className="visually-hidden">
            Kill matrix: each row is one of your tests, each column a correct implementation or a planted bug.
          </caption>
          <colgroup>
            <col className="wb-first-column" />
            <col span={columns.length} className="wb-column" />
          </colgroup>
          <thead>
            <tr>
              <td className="wb-first" />
              {present.map((group) => {
                const span = columns.filter((column) => column.group === group).length;
                return (
                  <th key={group} scope="colgroup" colSpan={span} className={edge(columns, group)}>
                    {groups[group]}
                  </th>
                );
              })}
            </tr>
            <tr>
              <th scope="col" className="wb-first">
                Your tests{suite && <span className="wb-quiet"> in {suite.slice(0, -3)}</span>}
              </th>
              {columns.map((column, index) => (
                <th
                  key={column.id}
                  scope="col"
                  className={edgeAt(columns, index)}
                  title={column.title}
                  data-variant={column.id}
                >
                  <span aria-hidden="true">{column.code}</span>
                  <span className="visually-hidden">{column.title}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ test, cells: row }) => (
              <tr key={test}>
                <th scope="row" className="wb-first">
                  {test.slice(suite.length)}
                </th>
                {row.map((cell, index) => (
                  <StateCell key={columns[index]?.id} cell={cell} edge={edgeAt(columns, index)} />
                ))}
              </tr>
            ))}
            {reserved.map((title, place) => (
              // Counted from the end, so that a row which is left keeps its place when one before it is filled.
              // biome-ignore lint/suspicious/noArrayIndexKey: two tests may bear one title
              // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row takes no focus
              <tr key={reserved.length - place} className="wb-reserved" aria-hidden="true">
                <td className="wb-first">
                  <span>{title}</span>
                </td>
                {columns.map((column, index) => (
                  <td key={column.id} className={edgeAt(columns, index)}>
                    <Icon sign="dot" />
                  </td>
                ))}
              </tr>
            ))}
            {rows.length + reserved.length === 0 && (
              <tr>
                <th scope="row" className="wb-first wb-quiet">
                  {placeholder}
                </th>
                {columns.map((column, index) => (
                  <StateCell key={column.id} cell={unreported(column.result)} edge={edgeAt(columns, index)} />
                ))}
              </tr>
            )}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" className="wb-first">
                All tests together
              </th>
              {columns.map((column, index) => (
                <td
                  key={column.id}
                  className={edgeAt(columns, index)}
                  data-result={column.result}
                  data-testid={`result-${column.id}`}
                >
                  {resultWords(column.result)}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </section>
      {hiddenRows > 0 && (
        <p className="wb-note">
          {counted(hiddenRows, 'more test')} ran; the first {rows.length} are shown.
        </p>
      )}
      <ul className="wb-legend" aria-label="Signs in the matrix">
        {(['passes', 'fails', 'catches', 'misses'] as const).map((cell) => (
          <li key={cell} data-cell={cell}>
            <Icon sign={cells[cell].sign} /> <span>{cells[cell].words}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function StateCell({ cell, edge }: { cell: Cell; edge: string | undefined }) {
  const { sign, words } = cells[cell];
  return (
    <td className={edge} data-cell={cell}>
      <Icon sign={sign} />
      <span className="visually-hidden">{words}</span>
    </td>
  );
}

function resultWords(result: ColumnResult): string {
  if (result === 'waiting') return '–';
  return result === 'running' ? 'running' : inWords(result);
}

function edge(columns: readonly Column[], group: Group): string | undefined {
  return edgeAt(
    columns,
    columns.findIndex((column) => column.group === group),
  );
}

/** The first bug has the boundary line on its left, the first bonus bug a thin rule. */
function edgeAt(columns: readonly Column[], index: number): string | undefined {
  const [before, here] = [columns[index - 1]?.group, columns[index]?.group];
  if (before === undefined || before === here) return undefined;
  return before === 'reference' ? 'wb-boundary' : 'wb-rule';
}
