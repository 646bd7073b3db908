import type { Producer } from '@platformatic/kafka';

export type Send = Pick<Producer<string, string | Buffer, string, string>, 'send'>;
export type OrderPlaced = { event: string; order: string; email: string; placedAt: Date };

// #region publish
/** The order is the key: what belongs to one order stays in order. */
export async function publish(producer: Send, topic: string, placed: OrderPlaced): Promise<void> {
  await producer.send({ messages: [{ topic, key: placed.order, value: JSON.stringify(placed) }] });
}
// #endregion publish

// #region parse
/** The message itself is wrong, and will be wrong tomorrow. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** Reads what `publish` has written. Throws {@link Unreadable} when it is anything else. */
export function parseOrderPlaced(value: Buffer): OrderPlaced {
  try {
    const { event, order, email, placedAt } = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(value));
    const date = new Date(placedAt);
    if (![event, order, email].every((text) => typeof text === 'string')) throw new Error('A field is missing.');
    if (Number.isNaN(date.getTime())) throw new Error('It has no date.');
    return { event, order, email, placedAt: date };
  } catch (cause) {
    throw new Unreadable('This is not an order that was placed.', { cause });
  }
}
// #endregion parse
