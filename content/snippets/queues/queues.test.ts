import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { newTopic } from './broker';
import { type Mail, sendConfirmation, sendConfirmationOnce } from './mailer';
import { type OrderPlaced, parseOrderPlaced, publish } from './order-events';
import { anOrder, startProducer } from './setup';
import { orPutAside, work } from './worker';

const producer = startProducer();

// #region round-trip
it('brings an order to the consumer as it was placed', async () => {
  const topic = await newTopic();
  const placed = anOrder({ email: 'zoë@example.com' });
  await publish(producer, topic, placed);

  const received: OrderPlaced[] = [];
  await work(
    topic,
    randomUUID(),
    async ({ value }) => void received.push(parseOrderPlaced(value)),
    () => received.length === 1,
  );

  expect(received).toEqual([placed]);
});
// #endregion round-trip

// #region ordered
it('keeps what belongs to one order in order', async () => {
  const topic = await newTopic(3);
  const orders = ['A', 'B', 'C', 'D'];
  const events = ['placed', 'paid', 'sent'].flatMap((event) => orders.map((order) => anOrder({ order, event })));
  for (const event of events) await publish(producer, topic, event);

  const seen: Record<string, string[]> = { A: [], B: [], C: [], D: [] };
  await work(
    topic,
    randomUUID(),
    async ({ key, value }) => void seen[key]?.push(parseOrderPlaced(value).event),
    () => Object.values(seen).flat().length === events.length,
  );

  const inOrder = ['placed', 'paid', 'sent'];
  expect(seen).toEqual({ A: inOrder, B: inOrder, C: inOrder, D: inOrder });
});
// #endregion ordered

// #region once
it('sends one mail, although the worker dies after sending it', async () => {
  const topic = await newTopic();
  const group = randomUUID();
  const outbox: Mail[] = [];
  const send = sendConfirmationOnce(outbox, new Set());
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

  expect(outbox.map(({ to }) => to)).toEqual([placed.email, marker.email]);
});
// #endregion once

// #region stuck
it('gets stuck at a message that nobody can read', async () => {
  const topic = await newTopic(1);
  const group = randomUUID();
  const outbox: Mail[] = [];
  await producer.send({ messages: [{ topic, key: 'A', value: '{"oder": "A"}' }] });
  await publish(producer, topic, anOrder());

  for (const _ of ['first start', 'second start']) {
    await expect(work(topic, group, sendConfirmation(outbox), () => false)).rejects.toThrow('not an order');
  }

  expect(outbox).toEqual([]); // the good message behind it was never reached
});
// #endregion stuck

// #region aside
it('puts aside what nobody can read, and goes on', async () => {
  const [topic, aside] = [await newTopic(1), await newTopic(1)];
  const outbox: Mail[] = [];
  await producer.send({ messages: [{ topic, key: 'A', value: '{"oder": "A"}' }] });
  await publish(producer, topic, anOrder({ email: 'ada@example.com' }));

  const handle = orPutAside(sendConfirmation(outbox), producer, aside);
  await work(topic, randomUUID(), handle, () => outbox.length === 1);

  expect(outbox.map(({ to }) => to)).toEqual(['ada@example.com']);
  const dead: { value: string; reason: string | undefined }[] = [];
  await work(
    aside,
    randomUUID(),
    async ({ value, headers }) => void dead.push({ value, reason: headers.get('reason') }),
    () => dead.length === 1,
  );
  expect(dead).toEqual([{ value: '{"oder": "A"}', reason: 'Error: This is not an order that was placed.' }]);
});
// #endregion aside
