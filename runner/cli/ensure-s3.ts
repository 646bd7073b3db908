import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(dirname(import.meta.dirname));
const module = 'github.com/versity/versitygw/cmd/versitygw@v1.8.0';
/** The S3 server, as a program. */
export const s3Program = join(root, '.cache', 'versitygw-1.8.0', 'versitygw');
const patienceMs = 600_000;

/** Builds the Versity S3 Gateway where Go is there, in about a minute; otherwise its tests are skipped and say so. */
export function ensureS3(): void {
  if (existsSync(s3Program) || spawnSync('go', ['version']).status !== 0) return;
  console.log('Building the Versity S3 Gateway, which the lesson on object storage is tested with …');
  mkdirSync(dirname(s3Program), { recursive: true });
  spawnSync('go', ['install', module], {
    stdio: ['ignore', 'ignore', 'ignore'],
    env: { ...process.env, GOBIN: dirname(s3Program) },
    timeout: patienceMs,
  });
}
