import { mkdir } from 'node:fs/promises';
import { reportCleanup } from '../sandbox/index.ts';
import { helloImage, isHello } from './hello/image.ts';
import type { Image } from './image.ts';
import { sweepClusters } from './postgres/clusters.ts';
import { postgresImage } from './postgres/image.ts';
import { installedReleases, type PostgresRelease, releaseFor } from './postgres/releases.ts';
import { installedRedis, redisFor, redisImage } from './redis/image.ts';
import { isRyuk, ryukImage } from './ryuk/image.ts';
import { type ServiceSpec, usualPlace } from './service.ts';

/** The images that this installation offers. */
export type ImageCatalogue = {
  releases: readonly PostgresRelease[];
  /** References for a person to choose from, such as `postgres:16`. */
  offered: readonly string[];
  resolve(reference: string): Image | undefined;
  /** What is asked for most: the image of Testcontainers' own examples, with its user, password and database. */
  usual: ServiceSpec | undefined;
};

const testcontainersDefaults = { POSTGRES_USER: 'test', POSTGRES_PASSWORD: 'test', POSTGRES_DB: 'test' };
const usualReference = 'postgres:16';

/**
 * Finds the images on offer and readies what they are copied from, so that the first container does not wait for it.
 *
 * @param cacheFolder kept across starts; made if it is missing. Rejects, in words, where that cannot be done
 */
export async function openImageCatalogue(cacheFolder: string): Promise<ImageCatalogue> {
  const releases = installedReleases();
  const images = new Map(releases.map((release) => [release, postgresImage(release, cacheFolder)]));
  const redis = installedRedis();
  const redisImages = new Map(redis.map((release) => [release, redisImage(release)]));
  try {
    await mkdir(cacheFolder, { recursive: true });
    await sweepClusters(releases, cacheFolder).catch(reportCleanup);
    for (const image of images.values()) await image.seed({ ...image.config.env, ...testcontainersDefaults });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EROFS') throw cause;
    const mend = 'Give this user the right to write there, or delete the folder .cache while nothing runs';
    throw new Error(`Ready-made clusters cannot be kept in ${cacheFolder}: ${message}. ${mend}.`, { cause });
  }
  const resolve = (reference: string) => {
    if (isHello(reference)) return helloImage;
    if (isRyuk(reference)) return ryukImage;
    const server = redisFor(reference, redis);
    if (server) return redisImages.get(server);
    const release = releaseFor(reference, releases);
    return release && images.get(release);
  };
  const usual = resolve(usualReference);
  return {
    releases,
    offered: [
      ...releases.map(({ major }) => `postgres:${major}`),
      ...[...redisImages.values()].map(({ name }) => name),
      helloImage.name,
    ],
    resolve,
    usual: usual && plainSpec(usual),
  };
}

/**
 * What sandboxes offer where all other containers are Docker's: Ryuk, which is given this engine's socket and removes
 * there what is in Docker as well.
 */
export const ryukAlone: ImageCatalogue = {
  releases: [],
  offered: [],
  resolve: (reference) => (isRyuk(reference) ? ryukImage : undefined),
  usual: undefined,
};

function plainSpec(image: Image): ServiceSpec {
  const { entrypoint, cmd, env, workingDir } = image.config;
  const argv = [...entrypoint, ...cmd];
  return { image, argv, env: { ...env, ...testcontainersDefaults }, workingDir, place: usualPlace(image) };
}

/** The images whose servers are on this machine, and which those are, for a person to read. */
export function installedImages(): { name: string; server: string }[] {
  return [
    ...installedReleases().map(({ major, version }) => ({
      name: `postgres:${major}`,
      server: `PostgreSQL ${version}`,
    })),
    ...installedRedis().map((release) => ({
      name: redisImage(release).name,
      server: `${release.product === 'redis' ? 'Redis' : 'Valkey'} ${release.version}`,
    })),
  ];
}
