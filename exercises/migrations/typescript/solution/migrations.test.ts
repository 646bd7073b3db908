import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from './migrations';

describe('migrate', () => {
  let container: StartedPostgreSqlContainer;
  let pool: pg.Pool;

  beforeAll(async () => {
    container = await new PostgreSqlContainer('postgres:16-alpine').start();
    pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  }, 120_000);

  afterAll(async () => {
    await pool?.end();
    await container?.stop();
  });

  beforeEach(() => pool.query('drop schema public cascade; create schema public'));

  const closedAt = new Date('2029-05-01T10:00:00.000Z');

  /** A database of version 1 that people have used. */
  async function used(): Promise<void> {
    await migrate(pool, 1);
    await pool.query(
      `insert into accounts (id, email, full_name, closed_at)
       values (101, 'ann@example.org', 'Ann Ode', null),
              (102, 'bob@example.org', 'Bob Lee', $1),
              (103, ' cay@example.org ', ' ', null)`,
      [closedAt],
    );
  }

  async function accounts(): Promise<unknown[]> {
    const { rows } = await pool.query('select * from accounts order by id');
    return rows;
  }

  it('carries the accounts of version 1 to the newest, and keeps all that they had', async () => {
    await used();
    await migrate(pool);

    expect(await accounts()).toEqual([
      {
        id: 101,
        email: 'ann@example.org',
        full_name: 'Ann Ode',
        closed_at: null,
        status: 'open',
        display_name: 'Ann Ode',
      },
      {
        id: 102,
        email: 'bob@example.org',
        full_name: 'Bob Lee',
        closed_at: closedAt,
        status: 'closed',
        display_name: 'Bob Lee',
      },
      { id: 103, email: 'cay@example.org', full_name: ' ', closed_at: null, status: 'open', display_name: 'cay' },
    ]);
  });

  it('lets an application that knows no status go on inserting', async () => {
    await migrate(pool, 2);
    await pool.query("insert into accounts (email, full_name) values ('dan@example.org', 'Dan')");

    expect(await accounts()).toMatchObject([{ email: 'dan@example.org', status: 'open' }]);
  });

  it('asks new accounts for a display name', async () => {
    await migrate(pool, 3);

    await expect(
      pool.query("insert into accounts (email, full_name) values ('dan@example.org', 'Dan')"),
    ).rejects.toMatchObject({ code: '23502' });
  });

  it('lets nobody use an address twice, in whatever letters', async () => {
    await migrate(pool);
    const insert = (email: string) =>
      pool.query("insert into accounts (email, full_name, display_name) values ($1, 'Ann', 'Ann')", [email]);
    await insert('ann@example.org');

    await expect(insert('ann@example.org')).rejects.toMatchObject({ code: '23505' });
    await expect(insert('ANN@example.org')).rejects.toMatchObject({ code: '23505' });
  });

  it('changes nothing when it runs again', async () => {
    await used();
    await migrate(pool);
    await pool.query("update accounts set status = 'open', display_name = 'Bobby' where id = 102");
    const before = await accounts();

    await migrate(pool);

    expect(await accounts()).toEqual(before);
  });

  it('leaves everything as it was where a step fails, and goes on once that is mended', async () => {
    await used();
    await migrate(pool, 3);
    await pool.query("update accounts set email = 'ann@example.org' where id = 102");
    const before = await accounts();

    await expect(migrate(pool)).rejects.toThrow();
    expect(await accounts()).toEqual(before);

    await pool.query("update accounts set email = 'bob@example.org' where id = 102");
    await migrate(pool);
    await expect(pool.query("update accounts set email = 'ann@example.org' where id = 102")).rejects.toMatchObject({
      code: '23505',
    });
  });
});
