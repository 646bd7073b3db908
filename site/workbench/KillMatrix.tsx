import type { CSSProperties, HTMLAttributes } from 'react';
import type { ExerciseKind } from './exercise-props.ts';
import { Icon } from './icons.tsx';
import { type Cell, type Column, GROUPS, type Group, type Matrix, unreported } from './matrix.ts';
import {
  cells,
  groups,
  headOf,
  matrixWords,
  mostTelling,
  resultSign,
  resultWords,
  sentenceOf,
} from './matrix-words.ts';
import { useGridFocus } from './use-grid-focus.ts';
import { counted } from './words.ts';

type Props = {
  kind: ExerciseKind;
  matrix: Matrix;
  /** What stands where there is no row. */
  placeholder: string;
  /** Runs one test alone, by its full name. */
  onRunTest(name: string): void;
};

/** Tests × variants. The boundary line stands between what is correct and what is broken. */
export function KillMatrix({ kind, matrix, placeholder, onRunTest }: Props) {
  const words = matrixWords[kind];
  const { columns, rows, toCome, hiddenRows, suite } = matrix;
  const present = GROUPS.filter((group) => columns.some((item) => item.group === group));
  // The row of the heads, the tests or what stands in their place, and the row of the results. Room takes no focus.
  const body = toCome.length > 0 ? rows.length : Math.max(1, rows.length);
  const { grid, focused, onKeyDown, cell } = useGridFocus<HTMLTableElement>(body + 2, columns.length + 1);
  const [row, column] = [rows[(focused?.row ?? 0) - 1], columns[(focused?.column ?? 0) - 1]];
  return (
    <div className="wb-matrix" data-kind={kind} style={{ '--columns': columns.length } as CSSProperties}>
      <div className="wb-scroll">
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is what a table with keys is called */}
        <table ref={grid} role="grid" aria-label={words.name} data-testid="kill-matrix" onKeyDown={onKeyDown}>
          <caption className="visually-hidden">{words.caption}</caption>
          <colgroup>
            <col className="wb-first-column" />
            <col span={columns.length} className="wb-column" />
          </colgroup>
          <thead>
            <tr>
              <td className="wb-first" />
              {present.map((group) => {
                const span = columns.filter((item) => item.group === group).length;
                return (
                  <th
                    key={group}
                    scope="colgroup"
                    colSpan={span}
                    className={edge(columns, group)}
                    style={{ '--span': span } as CSSProperties}
                  >
                    {groups[group]}
                  </th>
                );
              })}
            </tr>
            <tr>
              <th scope="col" className="wb-first" {...cell(0, 0)}>
                {words.tests}
                {suite && <span className="wb-quiet"> in {suite.slice(0, -3)}</span>}
              </th>
              {columns.map((item, index) => (
                <th
                  key={item.id}
                  scope="col"
                  className={edgeAt(columns, index)}
                  title={item.title}
                  data-variant={item.id}
                  {...cell(0, index + 1)}
                >
                  <span aria-hidden="true">{item.code}</span>
                  <span className="visually-hidden">{item.title}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ test, cells: states }, place) => (
              <tr key={test}>
                <th scope="row" className="wb-first">
                  <button
                    type="button"
                    className="wb-run-one"
                    title="Run only this test"
                    onClick={() => onRunTest(test)}
                    {...cell(place + 1, 0)}
                  >
                    <span>{test.slice(suite.length)}</span>
                    <span className="visually-hidden">, run only this test</span>
                    <Icon sign="run" size={11} />
                  </button>
                </th>
                {states.map((state, index) => (
                  <StateCell
                    key={columns[index]?.id}
                    state={state}
                    edge={edgeAt(columns, index)}
                    focus={cell(place + 1, index + 1)}
                  />
                ))}
              </tr>
            ))}
            {toCome.map((test, place) => (
              // Counted from the end, so that a row which is left keeps its place when one before it is filled.
              // biome-ignore lint/suspicious/noArrayIndexKey: two tests may bear one title
              // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row takes no focus
              <tr key={toCome.length - place} className="wb-reserved" aria-hidden="true">
                <td className="wb-first">
                  <span className="wb-run-one">
                    <span>{test.slice(suite.length)}</span>
                    <Icon sign="run" size={11} />
                  </span>
                </td>
                {columns.map((item, index) => (
                  <td key={item.id} className={edgeAt(columns, index)}>
                    <Icon sign="dot" />
                  </td>
                ))}
              </tr>
            ))}
            {rows.length + toCome.length === 0 && (
              <tr>
                <th scope="row" className="wb-first wb-quiet" {...cell(1, 0)}>
                  {placeholder}
                </th>
                {columns.map((item, index) => (
                  <StateCell
                    key={item.id}
                    state={unreported(item.result)}
                    edge={edgeAt(columns, index)}
                    focus={cell(1, index + 1)}
                  />
                ))}
              </tr>
            )}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" className="wb-first" {...cell(body + 1, 0)}>
                All tests together
              </th>
              {columns.map((item, index) => (
                <td
                  key={item.id}
                  className={edgeAt(columns, index)}
                  title={resultWords(item.result)}
                  data-result={item.result}
                  data-testid={`result-${item.id}`}
                  {...cell(body + 1, index + 1)}
                >
                  <span className="wb-result">
                    <Icon sign={resultSign(item.result)} />
                    <span>{resultWords(item.result)}</span>
                  </span>
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      {hiddenRows > 0 && (
        <p className="wb-note">
          {counted(hiddenRows, 'more test')} ran; the first {rows.length} are shown.
        </p>
      )}
      <p className="wb-cell-words" data-testid="cell-words">
        {column && row
          ? sentenceOf(column, row.test, row.cells[columns.indexOf(column)] ?? 'silent')
          : column
            ? headOf(column)
            : mostTelling(matrix)}
      </p>
      <ul className="wb-legend" aria-label="Signs in the matrix">
        {words.legend.map((state) => (
          <li key={state} data-cell={state}>
            <Icon sign={cells[state].sign} /> <span>{cells[state].words}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

type StateCellProps = { state: Cell; edge: string | undefined; focus: HTMLAttributes<HTMLTableCellElement> };

function StateCell({ state, edge, focus }: StateCellProps) {
  const { sign, words } = cells[state];
  return (
    <td className={edge} data-cell={state} {...focus}>
      <Icon sign={sign} />
      <span className="visually-hidden">{words}</span>
    </td>
  );
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
