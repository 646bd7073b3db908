/** Brings the database's schema up to date: numbered SQL files, each applied once, in one transaction. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMigrations } from 'graphile-worker';
import type pg from 'pg';
import { ServiceError } from '../errors.ts';
import { quietLogger } from './queue-logger.ts';

/** Any number, the same for all runners: one of them migrates, the others wait. */
const lockKey = 4_321_001;
const defaultFolder = join(import.meta.dirname, 'migrations');

type Migration = { name: string; sql: string; checksum: string };

/**
 * Applies what is missing. Safe to interrupt and to run from many processes at once. Throws {@link ServiceError}
 * `migration-changed` or `schema-newer` where files and database disagree, and `migration-failed` where the database refuses.
 *
 * @returns the names of those that it applied
 */
export async function migrate(pool: pg.Pool, folder = defaultFolder): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await step('Making the schema boundary', () =>
      client.query(
        `create schema if not exists boundary;
         create table if not exists boundary.migrations (
           name text primary key, checksum text not null, applied_at timestamptz not null default now()
         )`,
      ),
    );
    const migrations = missing(read(folder), await appliedTo(client));
    for (const migration of migrations) await apply(client, migration);
    await step('Making the schema graphile_worker', () => runMigrations({ pgPool: pool, logger: quietLogger }));
    return migrations.map(({ name }) => name);
  } finally {
    // Ending the session is what surely gives the lock back, whatever state an error left it in.
    client.release(true);
  }
}

/**
 * Holds the database against the files, and changes nothing. A database in which nobody has migrated yet is in order where
 * this role may make schemas. Throws {@link ServiceError} as {@link migrate} does.
 */
export async function checkSchema(db: pg.ClientBase, folder = defaultFolder): Promise<void> {
  const { rows } = await db.query<{ found: boolean; allowed: boolean }>(
    `select to_regclass('boundary.migrations') is not null as found,
            has_database_privilege(current_database(), 'create') as allowed`,
  );
  if (rows[0]?.found) missing(read(folder), await appliedTo(db));
  else if (!rows[0]?.allowed) {
    throw new ServiceError('migration-failed', { step: 'Making the schema boundary', reason: 'this role may not' });
  }
}

async function appliedTo(db: pg.ClientBase): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<{ name: string; checksum: string }>('select name, checksum from boundary.migrations');
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

function read(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name) => {
    const sql = readFileSync(join(folder, name), 'utf8');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

function missing(known: readonly Migration[], applied: ReadonlyMap<string, string>): Migration[] {
  const names = new Set(known.map(({ name }) => name));
  for (const name of applied.keys()) {
    if (!names.has(name)) throw new ServiceError('schema-newer', { name });
  }
  return known.filter(({ name, checksum }) => {
    const before = applied.get(name);
    if (before !== undefined && before !== checksum) throw new ServiceError('migration-changed', { name });
    return before === undefined;
  });
}

async function apply(client: pg.ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  await step(`Migration ${name}`, async () => {
    try {
      await client.query('begin');
      await client.query(sql);
      await client.query('insert into boundary.migrations (name, checksum) values ($1, $2)', [name, checksum]);
      await client.query('commit');
    } catch (error) {
      // Where the connection broke there is nothing to take back, and what broke it is what is told.
      await client.query('rollback').catch(() => {});
      throw error;
    }
  });
}

async function step(what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new ServiceError('migration-failed', { step: what, reason: (cause as Error).message }, { cause });
  }
}
