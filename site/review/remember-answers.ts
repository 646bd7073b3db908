import { everythingKept, keep } from '../progress/progress.ts';
import type { Answered } from '../quiz/quiz-element.ts';
import { isDue, keyOf, parseCard } from './cards.ts';

/** When a question comes back, as the detail of a `boundary:scheduled` event on the document. */
export type Scheduled = { key: string; due: string };

/** Lets questions that are missed on this page come back on the review page. */
export function rememberAnswers(page: EventTarget): void {
  page.addEventListener('boundary:answered', (event) => {
    void remember((event as CustomEvent<Answered>).detail, new Date());
  });
}

/** A question that was never missed needs no card, and a right answer counts when the question is due. */
async function remember({ quiz, question, right }: Answered, now: Date): Promise<void> {
  const key = keyOf({ quiz, question });
  const before = parseCard(everythingKept()[key]);
  if (right && (!before || !isDue({ quiz, question, card: before }, now))) return;
  const { afterAnswer } = await import('./schedule.ts');
  const after = afterAnswer(before, right, now);
  if (!keep({ [key]: JSON.stringify(after) })) return;
  const detail: Scheduled = { key, due: after.due };
  document.dispatchEvent(new CustomEvent('boundary:scheduled', { detail }));
}
