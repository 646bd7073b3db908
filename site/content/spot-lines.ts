import { SnippetError } from './snippet-region.ts';

export type CodeLine<Choice> = { number: number; choice?: Choice & { index: number } };

/**
 * Finds the line of `code` that each choice means: the one line that has its text. Throws {@link SnippetError} where a text
 * stands in no line or in several, and where two choices mean the same one.
 */
export function spotLines<Choice extends { has: string }>(
  code: string,
  choices: readonly Choice[],
  where: string,
): CodeLine<Choice>[] {
  const lines = code.split('\n').map((text, index): CodeLine<Choice> & { text: string } => ({
    number: index + 1,
    text,
  }));
  for (const [index, choice] of choices.entries()) {
    const found = lines.filter(({ text }) => text.includes(choice.has));
    const [line, another] = found;
    if (!line || another) {
      const how = line ? `stands in ${found.length} lines` : 'stands in no line';
      throw new SnippetError(
        `${where}: the text “${choice.has}” ${how} of the code. Give “has” a text that the line you mean has, and no other.`,
      );
    }
    if (line.choice) {
      throw new SnippetError(
        `${where}: “${line.choice.has}” and “${choice.has}” are in the same line of the code. Drop one, or mean another line.`,
      );
    }
    line.choice = { ...choice, index };
  }
  return lines.map(({ text: _, ...line }) => line);
}
