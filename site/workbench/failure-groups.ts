import type { Column } from './matrix.ts';

const NO_FAILURE = new Set<Column['result']>(['passed', 'waiting', 'running', 'not-run', 'cancelled']);

/** Failing correct implementations, those that failed in the same way together, so that it is told once. */
export function failureGroups(columns: readonly Column[]): [Column, ...Column[]][] {
  const groups = new Map<string, [Column, ...Column[]]>();
  for (const column of columns) {
    if (column.group !== 'reference' || NO_FAILURE.has(column.result)) continue;
    const signature = signatureOf(column);
    const group = groups.get(signature);
    if (group) group.push(column);
    else groups.set(signature, [column]);
  }
  return [...groups.values()];
}

function signatureOf({ result, reason, error: outside, variant }: Column): string {
  const failed = [...(variant?.tests ?? [])].flatMap(([name, { outcome, error }]) =>
    outcome === 'failed' ? [[name, error?.message]] : [],
  );
  return JSON.stringify([result, reason, outside?.message, failed]);
}
