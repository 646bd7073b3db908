import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Image, usualFolders } from '../image.ts';
import { postgresProtocol } from '../protocols.ts';
import { type ServiceSpec, usualPlace } from '../service.ts';
import { clusterFor, premadeFor } from './clusters.ts';
import type { PostgresRelease } from './releases.ts';

const here = import.meta.dirname;
const bash = '/usr/bin/bash';
const postgres = { uid: 999, gid: 999 };

/** The official image's contract, kept by a sandbox: its environment, entrypoint, port, signal and data folder. */
export function postgresImage(release: PostgresRelease, cacheFolder: string): Image {
  const dataFolder = release.major >= 18 ? `/var/lib/postgresql/${release.major}/docker` : '/var/lib/postgresql/data';
  const config: Image['config'] = {
    env: {
      PATH: '/usr/local/bin:/usr/local/pgsql/bin:/usr/bin:/bin',
      LANG: 'C.UTF-8',
      TZ: 'Etc/UTC',
      PG_MAJOR: String(release.major),
      PG_VERSION: release.version,
      PGDATA: dataFolder,
    },
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['postgres'],
    exposedPorts: ['5432/tcp'],
    stopSignal: 'SIGINT',
    workingDir: '/',
    labels: {},
  };
  return {
    id: `sha256:${createHash('sha256').update(`boundary/postgres:${release.version}`).digest('hex')}`,
    name: `postgres:${release.major}`,
    config,
    uid: 999,
    gid: 999,
    // The official image starts as root and gives it up; here there is one user for all.
    users: { root: postgres, postgres },
    readOnly: [
      { from: release.home, to: '/usr/local/pgsql' },
      ...['docker-entrypoint.sh', 'pg_isready', 'pg_isready-over-socket'].map((program) => ({
        from: join(here, program),
        to: `/usr/local/bin/${program}`,
      })),
      { from: cacheFolder, to: '/usr/local/clusters' },
      // The shell of the image's Alpine variant knows `set -E` and `pipefail`, which scripts written for it rely on.
      ...(existsSync(bash) ? [{ from: bash, to: '/usr/local/bin/sh' }] : []),
    ],
    writable: ['/var/lib/postgresql', '/usr/local'],
    folders: ['/var/run/postgresql', '/docker-entrypoint-initdb.d', ...usualFolders],
    async seed(env) {
      // Elsewhere than in its usual place the container makes its cluster itself, or says why it cannot.
      if (env.PGDATA !== dataFolder) return undefined;
      const cluster = await clusterFor(release, env, cacheFolder);
      return cluster === undefined ? undefined : { from: `/usr/local/clusters/${cluster}`, to: dataFolder };
    },
    foresees: (spec) => isPlain(spec) && premadeFor(spec.env) !== undefined,
    ...postgresProtocol,
    readiness: ({ argv }) => (argv.some((word) => word.includes('docker-entrypoint')) ? readiness : []),
  };
}

/** The entrypoint has made the cluster, or found it made; only the server that starts after that is the real one. */
const readiness = [
  /PostgreSQL init process complete|Skipping initialization/,
  /database system is ready to accept connections/,
];

/** Whether a spec differs from the image's own in nothing but what shapes a premade cluster. */
function isPlain({ image, argv, env, workingDir, place }: ServiceSpec): boolean {
  const { config } = image;
  const { POSTGRES_USER: _user, POSTGRES_PASSWORD: _password, POSTGRES_DB: _database, ...rest } = env;
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  return (
    same(argv, [...config.entrypoint, ...config.cmd]) &&
    workingDir === config.workingDir &&
    same(place, usualPlace(image)) &&
    same(Object.entries(rest).sort(), Object.entries(config.env).sort())
  );
}
