import { type KeyboardEvent, useRef, useState } from 'react';

export type GridCell = { row: number; column: number };

/**
 * One stop for Tab in a whole grid; arrows, Home and End move within it, after the ARIA grid pattern. What takes the focus
 * in a cell bears `data-grid="row,column"`, counted from 0 with the heads; a place without one is passed over.
 */
export function useGridFocus<T extends HTMLElement>(rows: number, columns: number) {
  const grid = useRef<T>(null);
  const [at, setAt] = useState<GridCell | null>(null);
  // Where nobody has been yet, and where the row that had the stop is gone, the first one of the body has it.
  const stop = at && at.row < rows && at.column < columns ? at : { row: Math.min(1, rows - 1), column: 0 };
  const find = ({ row, column }: GridCell) =>
    grid.current?.querySelector<HTMLElement>(`[data-grid="${row},${column}"]`);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.shiftKey || event.metaKey) return;
    const step = stepOf(event.key, event.ctrlKey, rows, columns);
    const from = placeOf(event.target);
    if (!step || !from) return;
    event.preventDefault();
    let next = step(from);
    while (inside(next, rows, columns) && !find(next)) {
      const further = step(next);
      if (further.row === next.row && further.column === next.column) break;
      next = further;
    }
    find(next)?.focus();
  };
  return {
    grid,
    focused: at,
    onKeyDown,
    /** For what takes the focus in a cell. */
    cell: (row: number, column: number) => ({
      'data-grid': `${row},${column}`,
      tabIndex: stop.row === row && stop.column === column ? 0 : -1,
      onFocus: () => setAt({ row, column }),
    }),
  };
}

function stepOf(key: string, far: boolean, rows: number, columns: number): ((from: GridCell) => GridCell) | undefined {
  if (key === 'Home') return ({ row }) => ({ row: far ? 0 : row, column: 0 });
  if (key === 'End') return ({ row }) => ({ row: far ? rows - 1 : row, column: columns - 1 });
  const by = far ? undefined : arrows.get(key);
  return by && (({ row, column }) => ({ row: row + by.row, column: column + by.column }));
}

const arrows = new Map([
  ['ArrowUp', { row: -1, column: 0 }],
  ['ArrowDown', { row: 1, column: 0 }],
  ['ArrowLeft', { row: 0, column: -1 }],
  ['ArrowRight', { row: 0, column: 1 }],
]);

function inside({ row, column }: GridCell, rows: number, columns: number): boolean {
  return row >= 0 && column >= 0 && row < rows && column < columns;
}

function placeOf(target: EventTarget): GridCell | undefined {
  if (!(target instanceof HTMLElement)) return undefined;
  const [row, column] = (target.dataset.grid ?? '').split(',').map(Number);
  return row === undefined || column === undefined ? undefined : { row, column };
}
