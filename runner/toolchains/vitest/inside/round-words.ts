/** One time that the files are run, of several or in another way than written. */
export type RunRound = {
  number: number;
  of: number;
  shuffled: boolean;
  atOnce: boolean;
  /** Titles of the tests that have begun, in their order. */
  begun: string[];
};

const mostTitles = 12;

/** What to say below a failure, so that whoever reads it knows how the tests were run; nothing where it was as written. */
export function wordsOf({ number, of, shuffled, atOnce, begun }: RunRound): string {
  if (of === 1 && !shuffled && !atOnce) return '';
  const which = of === 1 ? 'The tests ran' : `This was time ${number} of ${of}; the tests ran`;
  const titles = begun.slice(-mostTitles).map((title) => `“${title.slice(0, 80)}”`);
  if (atOnce) return `\n\n${which} all at once.`;
  if (!shuffled) return `\n\n${which} as written.`;
  const more = begun.length > mostTitles ? `${begun.length - mostTitles} others, ` : '';
  return `\n\n${which} shuffled. Up to here: ${more}${titles.join(', ')}.`;
}
