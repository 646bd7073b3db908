import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Image, parseReference, usualFolders } from '../image.ts';
import { redisProtocol } from '../protocols.ts';

const redis = { uid: 999, gid: 999 };

/** A server that is on the machine: Redis or Valkey, and which. */
export type RedisRelease = { product: 'redis' | 'valkey'; version: string; program: string };

/**
 * Where Debian and others put the servers. Of redis-check-rdb, which comes without a service that starts by itself, the
 * server is another name.
 */
const programs = [
  { product: 'redis', program: '/usr/bin/redis-server' },
  { product: 'redis', program: '/usr/bin/redis-check-rdb' },
  { product: 'valkey', program: '/usr/bin/valkey-server' },
  { product: 'valkey', program: '/usr/bin/valkey-check-rdb' },
] as const;

/** The servers on this machine, one of each product. */
export function installedRedis(): RedisRelease[] {
  const found = programs.flatMap(({ product, program }) => {
    const { stdout } = spawnSync(program, ['--version'], { argv0: `${product}-server`, encoding: 'utf8' });
    const version = / v=(\d+\.\d+\.\d+)/.exec(stdout ?? '')?.[1];
    return version === undefined ? [] : [{ product, version, program }];
  });
  return found.filter(({ product }, place) => found.findIndex((one) => one.product === product) === place);
}

/** The official image's contract, kept by a sandbox: its entrypoint, port, user and data folder. */
export function redisImage({ product, version, program }: RedisRelease): Image {
  const name = product === 'redis' ? 'redis' : 'valkey/valkey';
  return {
    id: `sha256:${createHash('sha256').update(`boundary/${product}:${version}`).digest('hex')}`,
    name: `${name}:${version.split('.')[0]}`,
    config: {
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', REDIS_VERSION: version, BOUNDARY_REDIS_SERVER: program },
      entrypoint: ['docker-entrypoint.sh'],
      cmd: [`${product}-server`],
      exposedPorts: ['6379/tcp'],
      stopSignal: 'SIGTERM',
      workingDir: '/data',
      labels: {},
    },
    ...redis,
    users: { root: redis, redis },
    readOnly: [
      { from: join(import.meta.dirname, 'docker-entrypoint.sh'), to: '/usr/local/bin/docker-entrypoint.sh' },
      { from: join(import.meta.dirname, 'passwd'), to: '/etc/passwd' },
    ],
    writable: ['/data', '/usr/local'],
    folders: usualFolders.filter((folder) => folder !== '/data'),
    seed: async () => undefined,
    foresees: () => false,
    ...redisProtocol,
    readiness: ({ argv }) => (argv.some((word) => word.includes('server')) ? [/Ready to accept connections/] : []),
  };
}

/** The server that a reference stands for: of its tag, as with PostgreSQL, the major version counts. */
export function redisFor(reference: string, releases: readonly RedisRelease[]): RedisRelease | undefined {
  const { repository, tag } = parseReference(reference);
  const product = repository === 'redis' ? 'redis' : repository === 'valkey/valkey' ? 'valkey' : undefined;
  const release = releases.find((one) => one.product === product);
  const [version = ''] = tag.split('-');
  if (['latest', 'alpine', 'bookworm'].includes(version)) return release;
  return release?.version.split('.')[0] === version.split('.')[0] ? release : undefined;
}
