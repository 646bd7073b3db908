import { expect, it } from 'vitest';
import { type OrderPlaced, parseOrderPlaced } from './order-events';

// #region fake
class FakeTopic {
  readonly #handlers: ((value: Buffer) => void)[] = [];
  subscribe(handler: (value: Buffer) => void): void {
    this.#handlers.push(handler);
  }
  publish(placed: OrderPlaced): void {
    for (const handler of this.#handlers) handler(Buffer.from(JSON.stringify(placed)));
  }
}

it('confirms an order by mail', () => {
  const topic = new FakeTopic();
  const mails: string[] = [];
  topic.subscribe((value) => mails.push(parseOrderPlaced(value).email));

  topic.publish({ event: '1', order: 'A-17', email: 'ada@example.com', placedAt: new Date() });

  expect(mails).toEqual(['ada@example.com']);
});
// #endregion fake
