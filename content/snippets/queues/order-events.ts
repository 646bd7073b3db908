import type { Producer } from '@platformatic/kafka';

export type Send = Pick<Producer<string, string, string, string>, 'send'>;
export type OrderPlaced = { event: string; order: string; email: string; placedAt: Date };

// #region publish
/** The order is the key: what belongs to one order stays in order. */
export async function publish(producer: Send, topic: string, placed: OrderPlaced): Promise<void> {
  await producer.send({ messages: [{ topic, key: placed.order, value: JSON.stringify(placed) }] });
}
// #endregion publish

// #region parse
/** Reads what `publish` has written. Throws when it is anything else. */
export function parseOrderPlaced(value: string): OrderPlaced {
  const { event, order, email, placedAt } = JSON.parse(value);
  const date = new Date(placedAt);
  if (![event, order, email].every((text) => typeof text === 'string') || Number.isNaN(date.getTime())) {
    throw new Error('This is not an order that was placed.');
  }
  return { event, order, email, placedAt: date };
}
// #endregion parse
