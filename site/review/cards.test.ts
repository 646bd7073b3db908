import { describe, expect, it } from 'vitest';
import { cardsIn, isDue, keyOf, parseCard } from './cards.ts';
import { afterAnswer } from './schedule.ts';

const monday = new Date('2026-03-02T09:00:00Z');
const daysLater = (iso: string, from: Date) => (Date.parse(iso) - from.getTime()) / 86_400_000;

describe('when a question comes back', () => {
  it('is not on the day on which it was missed, and later each time that it is answered', () => {
    const missed = afterAnswer(undefined, false, monday);
    expect(daysLater(missed.due, monday)).toBeGreaterThanOrEqual(1);
    const first = new Date(missed.due);
    const once = afterAnswer(missed, true, first);
    const second = new Date(once.due);
    const twice = afterAnswer(once, true, second);
    const pauses = [daysLater(missed.due, monday), daysLater(once.due, first), daysLater(twice.due, second)];
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(new Set(pauses).size).toBe(3);

    const forgotten = afterAnswer(twice, false, new Date(twice.due));
    expect(daysLater(forgotten.due, new Date(twice.due))).toBeLessThan(pauses[2] ?? 0);
  });
});

describe('cards', () => {
  it('are found again as they were kept, the one that is due first at the top, and nothing else with them', () => {
    const early = { ...afterAnswer(undefined, false, monday), due: '2026-03-03T09:00:00.000Z' };
    const late = { ...early, due: '2026-03-05T09:00:00.000Z' };
    const cards = cardsIn({
      [keyOf({ quiz: 'b', question: 'q1' })]: JSON.stringify(late),
      [keyOf({ quiz: 'a', question: 'q2' })]: JSON.stringify(early),
      'boundary:review:a:damaged': '{"due":"soon"}',
      'boundary:quiz:a': '{"q2":[1]}',
    });
    expect(cards).toEqual([
      { quiz: 'a', question: 'q2', card: early },
      { quiz: 'b', question: 'q1', card: late },
    ]);
    expect(cards.map((card) => isDue(card, new Date('2026-03-04T00:00:00Z')))).toEqual([true, false]);
  });

  it.for([null, '', 'nonsense', 'null', '{}', '{"due":"2026-03-03"}'])('counts %j as none', (text) => {
    expect(parseCard(text)).toBeUndefined();
  });
});
