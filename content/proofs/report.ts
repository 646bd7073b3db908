/**
 * What an experiment says while it runs, one JSON value a line of its output: the columns of its table, rows as they come,
 * and notes below it. Lines of another kind are the experiment's own business.
 */
export type Report = { columns: string[] } | { row: string[] } | { note: string };

export type Table = { columns: string[]; rows: string[][]; notes: string[] };

/** Longest text of a cell that is shown, in characters. */
const longest = 400;

/** Reads one line. `null` means that it is no report. */
export function readReport(line: string): Report | null {
  if (!line.startsWith('{"proof":')) return null;
  try {
    const { proof } = JSON.parse(line) as { proof: unknown };
    if (typeof proof !== 'object' || proof === null) return null;
    if ('columns' in proof && isTexts(proof.columns)) return { columns: proof.columns.map(cut) };
    if ('row' in proof && isTexts(proof.row)) return { row: proof.row.map(cut) };
    if ('note' in proof && typeof proof.note === 'string') return { note: cut(proof.note) };
    return null;
  } catch {
    return null;
  }
}

export function addReport(table: Table, report: Report): void {
  if ('columns' in report) table.columns = report.columns;
  else if ('row' in report) table.rows.push(report.row);
  else table.notes.push(report.note);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= 8 && value.every((cell) => typeof cell === 'string');
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
