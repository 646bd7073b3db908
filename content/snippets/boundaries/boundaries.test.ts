import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workOnce } from './jobs';
import { currentUser, MendedTableCache } from './sessions';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await pool.query(`
    create unlogged table cache (key text primary key, value jsonb not null);
    create table jobs (id integer generated always as identity primary key, mail_to text not null)
  `);
}, 120_000);

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

it('knows the user at the first request and at the second', async () => {
  const cache = new MendedTableCache(pool);
  const load = async () => ({ user: 'ada', expiresAt: new Date('2026-06-02') });
  const now = new Date('2026-06-01');

  expect(await currentUser(cache, load, 's1', now)).toBe('ada');
  expect(await currentUser(cache, load, 's1', now)).toBe('ada');
});

// #region round-trip
it('gives back what was put in, of the same kind', async () => {
  const cache = new MendedTableCache(pool);
  const session = { user: 'grace', expiresAt: new Date('2026-06-02T10:00:00.123Z') };

  await cache.set('s2', session);

  expect(await cache.get('s2')).toEqual(session);
});
// #endregion round-trip

// #region twice
it('delivers a job again when a worker dies before it is done', async () => {
  const sent: string[] = [];
  await pool.query("insert into jobs (mail_to) values ('ada@example.com')");

  const dying = workOnce(pool, {
    async send(to) {
      sent.push(to);
      throw new Error('the process dies here, after the mail has gone out');
    },
  });
  await expect(dying).rejects.toThrow('dies here');
  await workOnce(pool, { send: async (to) => void sent.push(to) });

  expect(sent).toEqual(['ada@example.com', 'ada@example.com']);
});
// #endregion twice

// #region file-name
it('does not find a file by a name that looks the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'uploads-'));
  try {
    const typed = 'résumé.pdf'.normalize('NFC'); // é is one character
    const stored = 'résumé.pdf'.normalize('NFD'); // é is an e and an accent
    await writeFile(join(folder, stored), 'a CV');

    await expect(readFile(join(folder, typed))).rejects.toMatchObject({ code: 'ENOENT' });
  } finally {
    await rm(folder, { recursive: true });
  }
});
// #endregion file-name

// #region existing-rows
it('refuses a migration that works on an empty table', async () => {
  const migration = 'alter table people add column country text not null';
  await pool.query('create table people (name text not null)');
  await pool.query("insert into people values ('Ada')");

  await expect(pool.query(migration)).rejects.toMatchObject({ code: '23502' });
});
// #endregion existing-rows
