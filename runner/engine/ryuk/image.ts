import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Image, parseReference, usualFolders } from '../image.ts';

const program = join(import.meta.dirname, 'index.js');
const root = { uid: 0, gid: 0 };

/**
 * Ryuk, which Testcontainers starts unless told otherwise: it removes what a client with a label has made once that client
 * is gone. Here the end of a run does that anyway, so it is for those who want to see it at work.
 */
export const ryukImage: Image = {
  id: `sha256:${createHash('sha256').update(readFileSync(program)).digest('hex')}`,
  name: 'testcontainers/ryuk',
  config: {
    env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
    entrypoint: ['node', '/ryuk.js'],
    cmd: [],
    exposedPorts: ['8080/tcp'],
    stopSignal: 'SIGTERM',
    workingDir: '/',
    labels: { 'org.testcontainers.ryuk': 'true' },
  },
  ...root,
  users: { root },
  readOnly: [{ from: program, to: '/ryuk.js' }],
  writable: [],
  folders: [...usualFolders, '/var/run'],
  engineSocket: '/var/run/docker.sock',
  seed: async () => undefined,
  foresees: () => false,
  isFarewell: () => false,
  readiness: () => [/Started/],
};

/** Whether a reference stands for it. All tags do. */
export function isRyuk(reference: string): boolean {
  return parseReference(reference).repository === 'testcontainers/ryuk';
}
