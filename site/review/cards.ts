/** Questions that were missed, each a card that comes back: kept in the browser, one key a question. */
export type QuestionRef = { quiz: string; question: string };

/** What the schedule needs to know of a question, as JSON. `due` is an ISO time; the rest is FSRS’s own. */
export type StoredCard = {
  due: string;
  stability: number;
  difficulty: number;
  elapsed_days: number;
  scheduled_days: number;
  learning_steps: number;
  reps: number;
  lapses: number;
  state: number;
  last_review?: string;
};

export type Card = QuestionRef & { card: StoredCard };

const prefix = 'boundary:review:';
const numbers = [
  'stability',
  'difficulty',
  'elapsed_days',
  'scheduled_days',
  'learning_steps',
  'reps',
  'lapses',
  'state',
];

export function keyOf({ quiz, question }: QuestionRef): string {
  return `${prefix}${quiz}:${question}`;
}

/** Every card of `entries` (storage key → text), the one that is due first at the top. What is damaged is left out. */
export function cardsIn(entries: Readonly<Record<string, string>>): Card[] {
  return Object.entries(entries)
    .flatMap(([key, text]) => {
      const [quiz, question] = key.startsWith(prefix) ? key.slice(prefix.length).split(':') : [];
      const card = parseCard(text);
      return quiz && question && card ? [{ quiz, question, card }] : [];
    })
    .sort((a, b) => a.card.due.localeCompare(b.card.due));
}

export function isDue({ card }: Card, now: Date): boolean {
  return new Date(card.due) <= now;
}

export function parseCard(text: string | null | undefined): StoredCard | undefined {
  if (!text) return undefined;
  try {
    const card = JSON.parse(text) as StoredCard;
    const sound =
      !Number.isNaN(Date.parse(card.due)) &&
      numbers.every((name) => Number.isFinite((card as unknown as Record<string, unknown>)[name]));
    return sound ? card : undefined;
  } catch {
    return undefined;
  }
}
