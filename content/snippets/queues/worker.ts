import { Consumer, type Message, stringDeserializers } from '@platformatic/kafka';
import { bootstrapBrokers } from './broker';
import { type Send, Unreadable } from './order-events';

export type Handle = (message: Message<string, Buffer, string, string>) => Promise<void>;

// #region worker
/** Handles the messages of a topic one by one, and commits each when it has been handled. */
export async function work(topic: string, group: string, handle: Handle, isDone: () => boolean): Promise<void> {
  const consumer = new Consumer({
    groupId: group,
    clientId: 'mailer',
    bootstrapBrokers,
    deserializers: { ...stringDeserializers, value: (bytes) => bytes }, // whether it is text, the handler finds out
  });
  try {
    const messages = await consumer.consume({
      topics: [topic],
      mode: 'committed', // go on where this group has stopped …
      fallbackMode: 'earliest', // … and begin at the beginning
      autocommit: false,
    });
    for await (const message of messages) {
      await handle(message);
      await message.commit();
      if (isDone()) return;
    }
  } finally {
    await consumer.close(true);
  }
}
// #endregion worker

// #region dead-letter
/** What nobody can read is put aside with the reason, so that the messages behind it are reached. */
export function orPutAside(handle: Handle, producer: Send, aside: string): Handle {
  return async (message) => {
    try {
      await handle(message);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error; // not committed, so it is tried again
      const headers = { reason: String(error), from: `${message.topic}/${message.partition}/${message.offset}` };
      await producer.send({ messages: [{ topic: aside, key: message.key, value: message.value, headers }] });
    }
  };
}
// #endregion dead-letter
