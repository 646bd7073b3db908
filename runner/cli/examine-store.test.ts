import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres } from '../store/embedded.ts';
import { migrate } from '../store/migrate.ts';
import { temporaryFolder } from '../test/web/temporary-folder.ts';
import { openTestPool } from '../test/web/test-pool.ts';
import { examineAddress } from './examine-address.ts';
import { examineStore } from './examine-store.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const little = { cookieSecret: undefined, keepRunsBytes: 1, keepProgressBytes: 1 };

describe('the doctor, of an embedded store', () => {
  const examine = (keep = little) =>
    examineStore({ databaseUrl: undefined, dataDir: join(folder.path, 'data', 'below'), ...keep });

  it('has nothing to say of a folder that is not there yet and can be made', async () => {
    expect(await examine()).toMatchObject([{ state: 'ok' }]);
  });

  it('says that the folder cannot be written to', async () => {
    chmodSync(folder.path, 0o500);
    expect(await examine()).toMatchObject([{ state: 'missing', meaning: expect.stringContaining('EACCES') }]);
    chmodSync(folder.path, 0o700);
  });

  it('says that the cluster is of another version', async () => {
    const cluster = join(folder.path, 'data', 'below', 'postgres');
    mkdirSync(join(cluster, 'global'), { recursive: true });
    writeFileSync(join(cluster, 'global', 'pg_control'), '');
    writeFileSync(join(cluster, 'PG_VERSION'), '12\n');
    expect(await examine()).toMatchObject([{ state: 'missing', meaning: expect.stringContaining('PostgreSQL 12') }]);
  });

  it('says that what is to be kept has no room', async () => {
    const [store, room] = await examine({ ...little, keepRunsBytes: 2 ** 60 });
    expect(store).toMatchObject({ state: 'ok' });
    expect(room).toMatchObject({ state: 'note', meaning: expect.stringContaining('KEEP_RUNS_MIB') });
  });
});

describe('the doctor, of a database of your own', () => {
  it('tells one that is in order from one that a later version has changed, and from one that does not answer', async () => {
    let databaseUrl: string;
    {
      await using server = await startEmbeddedPostgres(folder.path);
      const { host, port, user, database } = server.connection;
      databaseUrl = `postgres://${user}@/${database}?host=${host}&port=${port}`;
      const pool = openTestPool(server.connection);
      const examine = () => examineStore({ databaseUrl, dataDir: folder.path, ...little });
      expect(await examine()).toMatchObject([{ state: 'ok' }]);
      await migrate(pool);
      expect(await examine()).toMatchObject([{ state: 'ok' }]);
      const unwritable = { databaseUrl, dataDir: '/proc/nowhere', ...little };
      expect(await examineStore(unwritable)).toMatchObject([
        { state: 'ok' },
        { state: 'missing', what: 'cookie secret' },
      ]);
      expect(await examineStore({ ...unwritable, cookieSecret: 'x'.repeat(32) })).toMatchObject([{ state: 'ok' }]);
      await pool.query(`insert into boundary.migrations (name, checksum) values ('9999-later.sql', '')`);
      expect(await examine()).toMatchObject([{ state: 'missing', meaning: expect.stringContaining('9999-later.sql') }]);
      await pool.end();
    }
    expect(await examineStore({ databaseUrl, dataDir: folder.path, ...little })).toMatchObject([
      { state: 'missing', meaning: expect.stringContaining('does not answer') },
    ]);
  });
});

it('the doctor says that the address is taken, which is no fault where it is the runner that took it', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number };
  expect(await examineAddress({ host: '127.0.0.1', port })).toMatchObject({ state: 'note' });
  other.close();
  expect(await examineAddress({ host: '127.0.0.1', port: 0 })).toMatchObject({ state: 'ok' });
  expect(await examineAddress({ host: '192.0.2.1', port: 0 })).toMatchObject({ state: 'missing' });
});
