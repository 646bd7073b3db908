/** Whether the runner could open its store, and whether what it may keep has room. Changes nothing. */
import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '../config.ts';
import { ServiceError } from '../errors.ts';
import { checkCluster } from '../store/cluster.ts';
import { checkSchema } from '../store/migrate.ts';
import { findPostgresBinaries } from '../store/postgres-binaries.ts';
import type { Finding } from './finding.ts';
import { usableFolder } from './usable-folder.ts';

type StoreConfig = Pick<Config, 'cookieSecret' | 'databaseUrl' | 'dataDir' | 'keepRunsBytes' | 'keepProgressBytes'>;

/** PostgreSQL's log of changes, up to its `max_wal_size`; and what rows and indexes take up beside what is counted. */
const logBytes = 2 ** 30;
const inAll = 9 / 8;

export async function examineStore(config: StoreConfig): Promise<Finding[]> {
  const { cookieSecret, dataDir, databaseUrl } = config;
  if (databaseUrl === undefined) return embedded(config);
  const store = await ofYourOwn(databaseUrl);
  if (cookieSecret !== undefined) return [store];
  try {
    usableFolder(dataDir);
    return [store];
  } catch (error) {
    return [store, { state: 'missing', what: 'cookie secret', meaning: meaningOf(error, dataDir) }];
  }
}

function embedded({ dataDir, keepProgressBytes, keepRunsBytes }: StoreConfig): Finding[] {
  const what = 'store: embedded PostgreSQL';
  let place: string;
  try {
    place = usableFolder(dataDir);
    checkCluster(join(dataDir, 'postgres'), findPostgresBinaries());
  } catch (error) {
    return [{ state: 'missing', what, meaning: meaningOf(error, dataDir) }];
  }
  const store: Finding = { state: 'ok', what, meaning: `Runs are kept under ${dataDir}.` };
  const { bavail, bsize } = statfsSync(place);
  const free = bavail * bsize;
  const most = (keepRunsBytes + keepProgressBytes) * inAll + logBytes;
  if (free >= most) return [store];
  return [
    store,
    {
      state: 'note',
      what: `${gibibytes(free)} of disk free at ${place}`,
      meaning: `Less than the ${gibibytes(most)} that the store may come to. A full disk stops submissions: set KEEP_RUNS_MIB lower, or make room.`,
    },
  ];
}

async function ofYourOwn(connectionString: string): Promise<Finding> {
  const what = 'store: DATABASE_URL';
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const meaning = `The database does not answer: ${(error as Error).message}. Correct DATABASE_URL, or unset it for the embedded one.`;
    return { state: 'missing', what, meaning };
  }
  try {
    await checkSchema(client);
    return { state: 'ok', what, meaning: 'The database answers, and its schema is one that this version knows.' };
  } catch (error) {
    return { state: 'missing', what, meaning: (error as Error).message };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What the start would say of it. */
function meaningOf(error: unknown, dataDir: string): string {
  const { message } = error as Error;
  return error instanceof ServiceError
    ? message
    : new ServiceError('data-dir-unusable', { dataDir, reason: message }).message;
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
