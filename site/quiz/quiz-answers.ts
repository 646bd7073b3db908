/**
 * What a reader answered, kept in the browser under one key a quiz: question id → numbers. They are the chosen options or
 * line, or, where steps are put in order, the steps from first to last as the reader placed them.
 */
export type Answers = Readonly<Record<string, readonly number[]>>;

/** Whether exactly the correct options are chosen. */
export function isCorrect(chosen: readonly number[], correct: readonly boolean[]): boolean {
  return correct.every((right, index) => right === chosen.includes(index));
}

/** How many steps stand where they belong; steps are numbered in their right order. */
export function inPlace(order: readonly number[]): number {
  return order.filter((step, place) => step === place).length;
}

/** What storage is to hold once a question is answered, or forgotten where `chosen` is undefined; the others stay. */
export function withAnswer(text: string | null, question: string, chosen: readonly number[] | undefined): string {
  const { [question]: _, ...others } = parseAnswers(text);
  return JSON.stringify(chosen === undefined ? others : { ...others, [question]: chosen });
}

/** Reads what storage holds; anything that is not in the expected shape counts as no answer. */
export function parseAnswers(text: string | null): Answers {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return {};
    const entries = Object.entries(value).filter(
      (entry): entry is [string, number[]] =>
        Array.isArray(entry[1]) && entry[1].every((item) => Number.isInteger(item)),
    );
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}
