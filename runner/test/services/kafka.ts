import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kafkaFolder } from '../../cli/ensure-kafka.ts';
import { type Service, startProcess } from './started-process.ts';

/** Starts quickly and takes little memory: it lives for less than a minute. */
const java = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', join(kafkaFolder, '*')];

export const kafka = {
  topic: 'queues',
  missing: existsSync(kafkaFolder)
    ? undefined
    : 'there is no Kafka here: apt-get install maven default-jre-headless (Java 17 or newer), then npm test fetches it',
  /** One broker that is its own controller, with its log in the folder. */
  async start(folder: string): Promise<Service> {
    const { ports, stop } = await startProcess(2, (broker, controller) => ({
      program: 'java',
      args: [...java, 'kafka.Kafka', format(join(folder, randomUUID()), broker ?? 0, controller ?? 0)],
    }));
    return { env: { KAFKA_BROKERS: `127.0.0.1:${ports[0]}` }, [Symbol.asyncDispose]: stop };
  },
};

/** Writes the broker’s settings and makes its log folder. Returns the settings’ path. */
function format(logs: string, broker: number, controller: number): string {
  const path = `${logs}.properties`;
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    listeners: `PLAINTEXT://127.0.0.1:${broker},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${broker}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': logs,
    // One broker has no second one to copy to, and tests do not wait for others to join their group.
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'auto.create.topics.enable': false,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(path, lines.join(''));
  const id = randomBytes(16).toString('base64url');
  const made = spawnSync('java', [...java, 'kafka.tools.StorageTool', 'format', '-t', id, '-c', path], {
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`Kafka’s log folder could not be made: ${made.stdout}${made.stderr}`);
  return path;
}
