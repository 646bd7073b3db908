/** A lesson asks for code that is not there. The message names file, region and mend. */
export class SnippetError extends Error {
  override readonly name = 'SnippetError';
}

const MARK = /^\s*(?:\/\/|#|--)\s*#(region|endregion)\s+(\S+)\s*$/;

/**
 * Cuts the region called `name` out of `source` (all of it where no name is given), without region marks and the
 * indentation that its lines share. Throws {@link SnippetError}.
 */
export function snippetRegion(source: string, file: string, name?: string): string {
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  const marks = lines.map((line) => MARK.exec(line));
  if (name === undefined) return tidy(lines.filter((_, index) => !marks[index]));

  const at = (kind: string) => marks.findIndex((mark) => mark?.[1] === kind && mark[2] === name);
  const [start, end] = [at('region'), at('endregion')];
  if (start === -1) {
    const known = marks.flatMap((mark) => (mark?.[1] === 'region' ? [mark[2]] : []));
    const choice = known.length > 0 ? `It has ${known.join(', ')}.` : 'It has none.';
    throw new SnippetError(
      `${file} has no region “${name}”. ${choice} Mark the lines with “// #region ${name}” and “// #endregion ${name}”, or correct the name.`,
    );
  }
  if (end < start) {
    throw new SnippetError(`${file}: region “${name}” has no end. Put “// #endregion ${name}” after its last line.`);
  }
  const text = tidy(lines.slice(start + 1, end).filter((_, index) => !marks[start + 1 + index]));
  if (text === '') throw new SnippetError(`${file}: region “${name}” is empty. Put lines of code between its marks.`);
  return text;
}

function tidy(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const shared = indents.length > 0 ? Math.min(...indents) : 0;
  return lines
    .map((line) => line.slice(shared).trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}
