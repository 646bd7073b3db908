import { randomUUID } from 'node:crypto';
// #region start
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMigrations } from './migrations';
import { UserRepository } from './user-repository';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;
let users: UserRepository;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await runMigrations(pool);
  users = new UserRepository(pool);
}, 120_000);
// #endregion start

// #region stop
afterAll(async () => {
  await pool?.end();
  await container?.stop();
});
// #endregion stop

describe('UserRepository', () => {
  // #region echo
  it('creates a user', async () => {
    const user = await users.create({ email: 'echo@example.com', name: 'Ada' });

    expect(user.email).toBe('echo@example.com');
  });
  // #endregion echo

  // #region read-back
  it('stores a user that can be read back', async () => {
    const created = await users.create({ email: 'ada@example.com', name: 'Ada' });

    const found = await users.findById(created.id);

    expect(found).toEqual({ id: created.id, email: 'ada@example.com', name: 'Ada' });
  });
  // #endregion read-back

  // #region duplicate
  it('refuses an e-mail address that is taken', async () => {
    const first = await users.create({ email: 'grace@example.com', name: 'Grace' });

    await expect(users.create({ email: 'grace@example.com', name: 'An impostor' })).rejects.toMatchObject({
      code: '23505',
    });

    expect(await users.findById(first.id)).toEqual(first);
  });
  // #endregion duplicate

  // #region absent
  it('finds null for an id that nobody has', async () => {
    await users.create({ email: 'alan@example.com', name: 'Alan' });

    expect(await users.findById(randomUUID())).toBeNull();
  });
  // #endregion absent

  // #region malformed
  it('is refused by PostgreSQL when the id is no UUID', async () => {
    await expect(users.findById('no-such-user')).rejects.toMatchObject({ code: '22P02' });
  });
  // #endregion malformed
});
