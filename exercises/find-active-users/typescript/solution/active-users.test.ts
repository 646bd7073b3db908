import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findActiveUsers } from './active-users';
import { runMigrations } from './migrations';

describe('findActiveUsers', () => {
  let container: StartedPostgreSqlContainer;
  let pool: pg.Pool;

  beforeAll(async () => {
    container = await new PostgreSqlContainer('postgres:16-alpine').start();
    pool = new pg.Pool({ connectionString: container.getConnectionUri() });
    await runMigrations(pool);
  }, 120_000);

  afterAll(async () => {
    await pool?.end();
    await container?.stop();
  });

  beforeEach(() => pool.query('truncate users restart identity'));

  const at = new Date('2030-06-15T12:00:00.000Z');
  const later = (ms: number) => new Date(at.getTime() + ms);
  const everyone = { at, page: 1, size: 100 };

  async function insert(name: string, deactivatedAt: Date | null = null, id?: number): Promise<void> {
    if (id === undefined) {
      await pool.query('insert into users (name, deactivated_at) values ($1, $2)', [name, deactivatedAt]);
    } else {
      await pool.query('insert into users (id, name, deactivated_at) values ($1, $2, $3)', [id, name, deactivatedAt]);
    }
  }

  async function names(question: { at: Date; page: number; size: number }): Promise<string[]> {
    return (await findActiveUsers(pool, question)).map(({ name }) => name);
  }

  it('tells active users from others, on both sides of the edge and on it', async () => {
    await insert('never');
    await insert('long ago', new Date('2001-01-01T00:00:00Z'));
    await insert('a millisecond ago', later(-1));
    await insert('now', at);
    await insert('in a millisecond', later(1));
    await insert('one day', new Date('2090-01-01T00:00:00Z'));

    expect(await names(everyone)).toEqual(['in a millisecond', 'never', 'one day']);
  });

  it('judges by the instant that was asked for, not by the clock', async () => {
    await insert('left between', new Date('2015-01-01T00:00:00Z'));

    expect(await names({ ...everyone, at: new Date('2010-01-01T00:00:00Z') })).toEqual(['left between']);
    expect(await names({ ...everyone, at: new Date('2020-01-01T00:00:00Z') })).toEqual([]);
  });

  it('sorts by name and code point, however the rows went in', async () => {
    for (const name of ['ann', 'Zoe', 'Bob', 'Ann']) await insert(name);

    expect(await names(everyone)).toEqual(['Ann', 'Bob', 'Zoe', 'ann']);
  });

  it('sorts those of one name by id', async () => {
    for (const id of [30, 10, 20]) await insert('Ann', null, id);

    expect((await findActiveUsers(pool, everyone)).map(({ id }) => id)).toEqual([10, 20, 30]);
  });

  it('cuts into pages that are all users, each once', async () => {
    for (const name of ['Eve', 'Cay', 'Ann', 'Dan', 'Bob']) await insert(name);

    const pages = await Promise.all([1, 2, 3, 4].map((page) => names({ at, page, size: 2 })));
    expect(pages).toEqual([['Ann', 'Bob'], ['Cay', 'Dan'], ['Eve'], []]);
  });

  it('tells of a user no more than id and name', async () => {
    await insert('Ann', later(1), 7);

    expect(await findActiveUsers(pool, everyone)).toEqual([{ id: 7, name: 'Ann' }]);
  });
});
