import { randomUUID } from 'node:crypto';
import { Producer, stringSerializers } from '@platformatic/kafka';
import { afterAll } from 'vitest';
import { bootstrapBrokers } from './broker';
import type { OrderPlaced } from './order-events';

/** A producer for the file, closed after it. */
export function startProducer() {
  const producer = new Producer<string, string | Buffer, string, string>({
    clientId: 'shop',
    bootstrapBrokers,
    serializers: { ...stringSerializers, value: (value) => (value === undefined ? value : Buffer.from(value)) },
  });
  afterAll(() => producer.close());
  return producer;
}

export function anOrder(given: Partial<OrderPlaced> = {}): OrderPlaced {
  const order = randomUUID();
  return { event: randomUUID(), order, email: `${order}@example.com`, placedAt: new Date('2026-03-01'), ...given };
}
