/** Whether a cell of a proof’s table tells of something that held or that failed; most tell of neither. */
export function toneOf(cell: string): 'good' | 'bad' | undefined {
  if (/^green\b/.test(cell)) return 'good';
  return /^(red|error)\b/.test(cell) ? 'bad' : undefined;
}
