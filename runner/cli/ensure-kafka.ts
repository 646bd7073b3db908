import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(dirname(import.meta.dirname));
/** The broker and what it needs, as Java archives. */
export const kafkaFolder = join(root, '.cache', 'kafka-4.2.0');
const pom = join(root, 'runner', 'test', 'services', 'kafka.pom.xml');
const patienceMs = 300_000;

/** Fetches Kafka from Maven’s repository, about 43 MB, where Java and Maven are; otherwise its tests are skipped and say so. */
export function ensureKafka(): void {
  if (existsSync(kafkaFolder)) return;
  if (!['java', 'mvn'].every((name) => spawnSync(name, ['-version']).status === 0)) return;
  console.log('Fetching Kafka, which the lesson on queues is tested with …');
  const unfinished = `${kafkaFolder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(dirname(unfinished), { recursive: true });
  const { status } = spawnSync(
    'mvn',
    [
      '-q',
      '-B',
      '-f',
      pom,
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${unfinished}`,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'], timeout: patienceMs },
  );
  if (status === 0 && existsSync(unfinished)) renameSync(unfinished, kafkaFolder);
}
