import { randomUUID } from 'node:crypto';
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMigrations } from './migrations';
import { UserRepository } from './user-repository';

let container: StartedPostgreSqlContainer;
let admin: pg.Pool;

// #region template
beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();

  const pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await runMigrations(pool);
  await pool.end(); // PostgreSQL copies a database only while nobody is connected to it

  admin = new pg.Pool({ connectionString: uriOf('postgres') });
}, 120_000);

/** A migrated database that no other suite knows. */
async function newDatabase(): Promise<pg.Pool> {
  const name = `suite_${randomUUID().replaceAll('-', '')}`;
  await admin.query(`create database ${name} template ${container.getDatabase()}`);
  return new pg.Pool({ connectionString: uriOf(name) });
}

function uriOf(database: string): string {
  const uri = new URL(container.getConnectionUri());
  uri.pathname = `/${database}`;
  return uri.href;
}
// #endregion template

afterAll(async () => {
  await admin?.end();
  await container?.stop();
});

// Both suites use the same address. In one database, one of them would be refused.
for (const suite of ['one suite', 'another suite']) {
  describe(suite, () => {
    let pool: pg.Pool;

    beforeAll(async () => {
      pool = await newDatabase();
    });

    afterAll(async () => {
      await pool?.end();
    });

    it('starts with no users and the schema in place', async () => {
      const { rows } = await pool.query('select email from users');

      expect(rows).toEqual([]);
    });

    it('can use any address', async () => {
      const user = await new UserRepository(pool).create({ email: 'ada@example.com', name: 'Ada' });

      expect(user.email).toBe('ada@example.com');
    });
  });
}
