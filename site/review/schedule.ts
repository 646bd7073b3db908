/** When a missed question comes back: by FSRS, in whole days, so that nothing is asked twice in one sitting. */
import { type CardInput, createEmptyCard, fsrs, Rating } from 'ts-fsrs';
import type { StoredCard } from './cards.ts';

const scheduler = fsrs({ enable_short_term: false, request_retention: 0.9 });

/** The card after an answer; `before` is undefined for a question that was never missed until now. */
export function afterAnswer(before: StoredCard | undefined, right: boolean, now: Date): StoredCard {
  const { card } = scheduler.next(
    (before ?? createEmptyCard(now)) as CardInput,
    now,
    right ? Rating.Good : Rating.Again,
  );
  const { due, last_review, ...rest } = card;
  return { ...rest, due: due.toISOString(), ...(last_review ? { last_review: last_review.toISOString() } : {}) };
}
