import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { newTopic } from './broker';
import { startProducer } from './setup';
import { work } from './worker';

const producer = startProducer();

// #region no-key
it('keeps what belongs to one order in order', async () => {
  const topic = await newTopic(3);
  for (const value of ['placed', 'paid', 'sent', 'returned', 'refunded', 'closed']) {
    await producer.send({ messages: [{ topic, value }] }); // the key was forgotten
  }

  const partitions: number[] = [];
  await work(
    topic,
    randomUUID(),
    async ({ partition }) => void partitions.push(partition),
    () => partitions.length === 6,
  );

  expect(new Set(partitions).size).toBe(1); // it is 3, and there is no order between them
});
// #endregion no-key
