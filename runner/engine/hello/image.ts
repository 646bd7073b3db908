import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Image, parseReference, usualFolders } from '../image.ts';

const here = import.meta.dirname;
const program = join(here, 'index.js');
const root = { uid: 0, gid: 0 };

/**
 * A small HTTP server, for tests that are about containers. It goes by the names that Testcontainers uses in its own
 * examples and tests.
 */
export const helloImage: Image = {
  id: `sha256:${createHash('sha256').update(readFileSync(program)).digest('hex')}`,
  name: 'testcontainers/helloworld',
  config: {
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root' },
    entrypoint: [],
    cmd: ['node', 'index.js'],
    exposedPorts: ['8080/tcp'],
    stopSignal: 'SIGTERM',
    workingDir: '/',
    labels: {},
  },
  ...root,
  users: { root, node: { uid: 1000, gid: 1000 } },
  readOnly: [
    { from: program, to: '/index.js' },
    { from: join(here, 'passwd'), to: '/etc/passwd' },
    ...['localhost.key', 'localhost.crt'].map((file) => ({ from: join(here, file), to: `/etc/hello/${file}` })),
  ],
  writable: ['/usr/local'],
  folders: usualFolders,
  seed: async () => undefined,
  foresees: () => false,
  isFarewell: () => false,
  readiness: ({ image, argv }) => (argv.join(' ') === image.config.cmd.join(' ') ? [/Listening on port 8080/] : []),
};

/** Whether a reference stands for it. All tags do. */
export function isHello(reference: string): boolean {
  return ['testcontainers/helloworld', 'cristianrgreco/testcontainer'].includes(parseReference(reference).repository);
}
