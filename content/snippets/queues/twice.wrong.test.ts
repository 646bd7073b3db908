import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { newTopic } from './broker';
import { type Mail, sendConfirmation } from './mailer';
import { publish } from './order-events';
import { anOrder, startProducer } from './setup';
import { work } from './worker';

const producer = startProducer();

// #region twice
it('sends one mail, although the worker dies after sending it', async () => {
  const topic = await newTopic();
  const group = randomUUID();
  const outbox: Mail[] = [];
  const send = sendConfirmation(outbox);
  const placed = anOrder();
  await publish(producer, topic, placed);

  const dying = work(
    topic,
    group,
    async (message) => {
      await send(message);
      throw new Error('The machine is switched off.'); // before the commit
    },
    () => false,
  );
  await expect(dying).rejects.toThrow('switched off');

  const marker = anOrder({ order: placed.order, email: 'marker@example.com' }); // the same key, so the same partition: it comes after
  await publish(producer, topic, marker);
  await work(topic, group, send, () => outbox.some(({ to }) => to === marker.email));

  expect(outbox.map(({ to }) => to)).toEqual([placed.email, marker.email]); // the first one comes twice
});
// #endregion twice
