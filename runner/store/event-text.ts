/** Makes an event storable: text from a sandbox may hold what JSON in PostgreSQL cannot, or far too much of it. */
import { type EventBody, eventBodySchema } from '../protocol.ts';

/** Longest text in an event, in UTF-16 units; graders cut earlier and say where, so this is the last guard. */
export const longestText = 64 * 1024;

/**
 * A copy of `body` that jsonb accepts: NUL and lone surrogates become U+FFFD, and text beyond {@link longestText} is cut
 * with a mark. Throws where `body` is no event at all: that is a fault of the runner.
 */
export function storable(body: EventBody): EventBody {
  return eventBodySchema.parse(cleaned(body));
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), cleaned(inner)]));
  }
  return value;
}

function cleanText(text: string): string {
  const cut = text.length > longestText ? `${text.slice(0, longestText)}… (${text.length - longestText} more)` : text;
  return cut.toWellFormed().replaceAll('\0', '\uFFFD');
}
