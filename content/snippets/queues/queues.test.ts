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
  const [incomplete, noText] = [Buffer.from('{"oder": "A"}'), Buffer.from([0x89, 0x50, 0x4e, 0x47])];
  for (const value of [incomplete, noText]) await producer.send({ messages: [{ topic, key: 'A', value }] });
  await publish(producer, topic, anOrder({ email: 'ada@example.com' }));

  const handle = orPutAside(sendConfirmation(outbox), producer, aside);
  await work(topic, randomUUID(), handle, () => outbox.length === 1);

  expect(outbox.map(({ to }) => to)).toEqual(['ada@example.com']);
  const dead: { value: Buffer; reason: string | undefined }[] = [];
  await work(
    aside,
    randomUUID(),
    async ({ value, headers }) => void dead.push({ value, reason: headers.get('reason') }),
    () => dead.length === 2,
  );
  const reason = 'Unreadable: This is not an order that was placed.';
  expect(dead).toEqual([
    { value: incomplete, reason },
    { value: noText, reason },
  ]);
});
// #endregion aside

// #region outage
it('keeps a message in its place while the mail server is away, and handles it after a restart', async () => {
  const [topic, aside] = [await newTopic(1), await newTopic(1)];
  const group = randomUUID();
  const outbox: Mail[] = [];
  const send = sendConfirmation(outbox);
  let isAway = true;
  const handle = orPutAside(
    async (message) => {
      if (isAway) throw new Error('The mail server does not answer.');
      await send(message);
    },
    producer,
    aside,
  );
  await publish(producer, topic, anOrder({ email: 'ada@example.com' }));

  await expect(work(topic, group, handle, () => true)).rejects.toThrow('does not answer');
  isAway = false;
  await work(topic, group, handle, () => outbox.length === 1);

  expect(outbox.map(({ to }) => to)).toEqual(['ada@example.com']);
  await producer.send({ messages: [{ topic: aside, key: 'A', value: 'marker' }] });
  const dead: string[] = [];
  await work(
    aside,
    randomUUID(),
    async ({ value }) => void dead.push(value.toString()),
    () => true,
  );
  expect(dead).toEqual(['marker']); // nothing came before it
});
// #endregion outage
