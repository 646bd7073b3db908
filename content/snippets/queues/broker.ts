import { randomUUID } from 'node:crypto';
import { Admin } from '@platformatic/kafka';

// #region broker
/** The address comes from whoever has started the broker. */
export const bootstrapBrokers = [process.env.KAFKA_BROKERS ?? '127.0.0.1:9092'];

/** A topic that no other test knows of. */
export async function newTopic(partitions = 3): Promise<string> {
  const topic = `orders-${randomUUID()}`;
  const admin = new Admin({ clientId: 'tests', bootstrapBrokers });
  try {
    await admin.createTopics({ topics: [topic], partitions, replicas: 1 });
  } finally {
    await admin.close();
  }
  return topic;
}
// #endregion broker
