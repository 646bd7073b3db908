type Place = { file: string; line: number; column: number };

/**
 * The lines of a stack that lie in files of a folder, innermost first. The worker has put stacks in terms of the source.
 *
 * @param root the folder, which the files' paths are relative to
 */
export function placesIn(stack: string, root: string): Place[] {
  const start = `${root}/`;
  return stack.split('\n').flatMap((line) => {
    const [, file, row, column] = /^\s*at .*?((?:file:\/\/)?\/[^():]+):(\d+):(\d+)\)?$/.exec(line) ?? [];
    const path = file?.replace(/^file:\/\//, '');
    if (!path?.startsWith(start) || path.includes('/node_modules/')) return [];
    return [{ file: path.slice(start.length), line: Number(row), column: Number(column) }];
  });
}
