import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../test/web/temporary-folder.ts';
import { openTestPool } from '../test/web/test-pool.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';
import { checkSchema, migrate } from './migrate.ts';

const folder = temporaryFolder();
const own = join(import.meta.dirname, 'migrations');
/** The project's migrations, in their order. */
const ours = readdirSync(own).sort();
let server: EmbeddedPostgres;
let admin: pg.Pool;
let pool: pg.Pool;
let database = 0;
beforeAll(async () => {
  server = await startEmbeddedPostgres(folder.path);
  admin = openTestPool(server.connection);
});
beforeEach(async () => {
  await pool?.end();
  database++;
  await admin.query(`create database d${database}`);
  pool = openTestPool({ ...server.connection, database: `d${database}` });
});
afterAll(async () => {
  await pool.end();
  await admin.end();
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** A folder of the project's migrations, with more beside them. */
function migrationsWith(files: Record<string, string>): string {
  const path = join(folder.path, `migrations-${database}`);
  mkdirSync(path, { recursive: true });
  for (const name of ours) copyFileSync(join(own, name), join(path, name));
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(path, name), sql);
  return path;
}

async function applied(): Promise<string[]> {
  const { rows } = await pool.query('select name from boundary.migrations order by name');
  return rows.map(({ name }) => name);
}

describe('migrate', () => {
  it('applies each migration once, also when several runners start at the same time', async () => {
    const told = await Promise.all([migrate(pool), migrate(pool), migrate(pool)]);
    expect(told.flat()).toEqual(ours);
    expect(await migrate(pool)).toEqual([]);
    expect(await applied()).toEqual(ours);
  });

  it('leaves nothing of a migration that fails, and goes on from there when it is mended', async () => {
    const broken = migrationsWith({ '9000-more.sql': 'create table boundary.half (a int); select 1/0;' });
    await expect(migrate(pool, broken)).rejects.toMatchObject({
      code: 'migration-failed',
      message: expect.stringMatching(/^Migration 9000-more\.sql failed: division by zero\./),
    });
    expect((await pool.query(`select to_regclass('boundary.half') as t`)).rows[0].t).toBeNull();
    await migrate(pool, migrationsWith({ '9000-more.sql': 'create table boundary.half (a int);' }));
    expect(await applied()).toEqual([...ours, '9000-more.sql']);
  });

  it('leaves nothing of what a killed runner was in the middle of, and loses nothing; the next start goes on from there', async () => {
    await migrate(pool);
    await pool.query('create table boundary.kept as select 1 as a');
    const more = 'create table boundary.half (a int); drop table boundary.kept;';
    const holder = await pool.connect();
    await holder.query('begin; lock table boundary.kept');
    const script = `
      const [module, connection, folder] = process.argv.slice(1);
      const { default: pg } = await import('pg');
      const { migrate } = await import(module);
      await migrate(new pg.Pool(JSON.parse(connection)), folder);`;
    const connection = JSON.stringify({ ...server.connection, database: `d${database}` });
    const args = [join(import.meta.dirname, 'migrate.ts'), connection, migrationsWith({ '9000-more.sql': more })];
    const runner = spawn(process.execPath, ['--input-type=module', '-e', script, ...args], { stdio: 'inherit' });
    const stuck = 'select count(*)::int as n from pg_locks where not granted and relation is not null';
    await vi.waitUntil(async () => (await pool.query(stuck)).rows[0].n === 1, { timeout: 60_000, interval: 50 });
    runner.kill('SIGKILL');
    await once(runner, 'close');
    await holder.query('rollback');
    holder.release();

    await migrate(pool, migrationsWith({ '9000-more.sql': 'create table boundary.half (a int);' }));
    expect(await applied()).toEqual([...ours, '9000-more.sql']);
    expect((await pool.query('select a from boundary.kept')).rows).toEqual([{ a: 1 }]);
  }, 120_000);

  it('says what is missing where the role may not make schemas', async () => {
    await pool.query(`create role guest${database} login`);
    const guest = openTestPool({ ...server.connection, database: `d${database}`, user: `guest${database}` });
    onTestFinished(() => guest.end());
    const refusal = { code: 'migration-failed', message: expect.stringMatching(/schema boundary failed: .*own/) };
    await expect(migrate(guest)).rejects.toMatchObject(refusal);
    const client = await guest.connect();
    onTestFinished(() => client.release());
    await expect(checkSchema(client)).rejects.toMatchObject(refusal);
  });

  it('refuses a migration that was edited after it was applied', async () => {
    await migrate(pool, migrationsWith({ '9000-more.sql': 'select 1' }));
    const edited = migrationsWith({ '9000-more.sql': 'select 2' });
    await expect(migrate(pool, edited)).rejects.toMatchObject({ code: 'migration-changed' });
  });

  it('refuses a database that a later runner has changed', async () => {
    await migrate(pool, migrationsWith({ '9999-later.sql': 'select 1' }));
    await expect(migrate(pool)).rejects.toMatchObject({
      code: 'schema-newer',
      message: expect.stringContaining('9999-later.sql'),
    });
  });
});
