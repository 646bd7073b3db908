/** The difference between two texts, line by line, with the lines around it: what a reader wants to see of it. */
import { diffLines } from 'diff';

export type DiffLine = {
  kind: 'same' | 'removed' | 'added';
  text: string;
  before: number | null;
  after: number | null;
};
/** Lines that stand together; between two of them, lines that are the same are left out. */
export type DiffHunk = readonly DiffLine[];

/** @param around lines that are the same to show beside what differs; `Infinity` for all */
export function lineDiff(before: string, after: string, around = 3): DiffHunk[] {
  let [old, young] = [0, 0];
  const lines = diffLines(withEnd(before), withEnd(after)).flatMap(({ added, removed, value }) => {
    const texts = value.replace(/\n$/, '').split('\n');
    return texts.map((text): DiffLine => {
      if (added) return { kind: 'added', text, before: null, after: ++young };
      if (removed) return { kind: 'removed', text, before: ++old, after: null };
      return { kind: 'same', text, before: ++old, after: ++young };
    });
  });
  const near = lines.map((_, place) => {
    const from = Math.max(0, place - around);
    return lines.slice(from, place + around + 1).some(({ kind }) => kind !== 'same');
  });
  const hunks: DiffLine[][] = [];
  for (const [place, line] of lines.entries()) {
    if (!near[place]) continue;
    if (place > 0 && near[place - 1]) hunks.at(-1)?.push(line);
    else hunks.push([line]);
  }
  return hunks;
}

/** How much of two texts are the same lines, from 0 to 1. */
export function sharedLines(one: string, other: string): number {
  let [same, different] = [0, 0];
  for (const { added, removed, count } of diffLines(withEnd(one), withEnd(other))) {
    if (added || removed) different += count;
    else same += 2 * count;
  }
  return same + different === 0 ? 1 : same / (same + different);
}

/** A last line without an end is not another line for it. */
function withEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
