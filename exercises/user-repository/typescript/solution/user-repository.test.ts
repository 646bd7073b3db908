import { randomUUID } from 'node:crypto';
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMigrations } from './migrations';
import { UserRepository } from './user-repository';

describe('UserRepository', () => {
  let container: StartedPostgreSqlContainer;
  let pool: pg.Pool;
  let elsewhere: pg.Pool;
  let users: UserRepository;

  beforeAll(async () => {
    container = await new PostgreSqlContainer('postgres:16-alpine').start();
    pool = new pg.Pool({ connectionString: container.getConnectionUri() });
    elsewhere = new pg.Pool({ connectionString: container.getConnectionUri() });
    await runMigrations(pool);
    users = new UserRepository(pool);
  }, 120_000);

  afterAll(async () => {
    await elsewhere?.end();
    await pool?.end();
    await container?.stop();
  });

  /** An address that no other test uses, so that tests need not clean up after each other. */
  const newAddress = () => `Ada.${randomUUID()}@example.com`;

  it('stores a user that can be read back, field by field', async () => {
    const email = newAddress();
    const created = await users.create({ email, name: 'Ada Lovelace' });

    expect(await users.findById(created.id)).toEqual({ id: created.id, email, name: 'Ada Lovelace' });
  });

  it('has committed the user by the time it resolves', async () => {
    const email = newAddress();
    const { id } = await users.create({ email, name: 'Ada Lovelace' });

    // The repository’s own pool would hand back the connection that wrote the row, and that one sees it in any case.
    const { rows } = await elsewhere.query('select email, name from users where id = $1', [id]);
    expect(rows).toEqual([{ email, name: 'Ada Lovelace' }]);
  });

  it('refuses an address that is taken, and leaves its owner alone', async () => {
    const email = newAddress();
    const first = await users.create({ email, name: 'Ada Lovelace' });

    await expect(users.create({ email, name: 'An impostor' })).rejects.toMatchObject({ code: '23505' });
    expect(await users.findById(first.id)).toEqual(first);
  });

  it('takes two spellings of an address for two users, and keeps both', async () => {
    const email = newAddress();
    const mixed = await users.create({ email, name: 'Ada' });
    const lower = await users.create({ email: email.toLowerCase(), name: 'ada' });

    expect(await users.findById(mixed.id)).toMatchObject({ email });
    expect(await users.findById(lower.id)).toMatchObject({ email: email.toLowerCase() });
  });

  it('finds null for an id that nobody has, though users exist', async () => {
    await users.create({ email: newAddress(), name: 'Ada Lovelace' });

    expect(await users.findById(randomUUID())).toBeNull();
  });
});
