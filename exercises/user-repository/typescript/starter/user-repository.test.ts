import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMigrations } from './migrations';
import { UserRepository } from './user-repository';

describe('UserRepository', () => {
  let container: StartedPostgreSqlContainer;
  let pool: pg.Pool;
  let users: UserRepository;

  // Once for the file. Starting PostgreSQL can take longer than a hook’s default 10 seconds.
  beforeAll(async () => {
    container = await new PostgreSqlContainer('postgres:16-alpine').start();
    pool = new pg.Pool({ connectionString: container.getConnectionUri() });
    await runMigrations(pool);
    users = new UserRepository(pool);
  }, 120_000);

  afterAll(async () => {
    await pool?.end();
    await container?.stop();
  });

  it('creates a user', async () => {
    const user = await users.create({ email: 'ada@example.com', name: 'Ada' });

    // Green, and it proves little: the object could have been made without a database.
    expect(user.email).toBe('ada@example.com');
  });

  // What else does the brief promise? Which of its sentences could be false while this file stays green?
});
