import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app';
import { runMigrations } from './migrations';

describe('the users API', () => {
  let container: StartedPostgreSqlContainer;
  let pool: pg.Pool;
  let app: Awaited<ReturnType<typeof createApp>>;

  beforeAll(async () => {
    container = await new PostgreSqlContainer('postgres:16-alpine').start();
    pool = new pg.Pool({ connectionString: container.getConnectionUri() });
    await runMigrations(pool);
    app = await createApp({ databaseUrl: container.getConnectionUri() });
  }, 120_000);

  afterAll(async () => {
    await app?.close();
    await pool?.end();
    await container?.stop();
  });

  type Answer = { status: number; body: unknown };

  async function send(path: string, init?: RequestInit): Promise<Answer> {
    const response = await fetch(`${app.url}${path}`, init);
    const text = await response.text();
    return { status: response.status, body: response.ok || text.startsWith('{') ? JSON.parse(text) : text };
  }

  const postText = (body: string) =>
    send('/users', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const post = (body: unknown) => postText(JSON.stringify(body));

  /** An address that no other test has, so that nothing need be cleaned up. */
  const address = () => `${randomUUID()}@example.com`;

  async function stored(email: string): Promise<{ id: number; name: string; role: string }[]> {
    return (await pool.query('select id, name, role from users where email = $1', [email])).rows;
  }

  it('stores a user and answers 201 with three fields', async () => {
    const email = address();
    const { status, body } = await post({ email, name: 'Ann' });
    expect(status).toBe(201);
    expect(body).toEqual({ id: expect.any(Number), email, name: 'Ann' });
    expect(await stored(email)).toEqual([{ id: (body as { id: number }).id, name: 'Ann', role: 'member' }]);
  });

  it('gives a user back with the same three fields', async () => {
    const { body } = await post({ email: address(), name: 'Ann' });
    expect(await send(`/users/${(body as { id: number }).id}`)).toEqual({ status: 200, body });
  });

  it('answers 404 where there is no such user', async () => {
    expect((await send('/users/2000000000')).status).toBe(404);
  });

  it.each([
    ['email', { name: 'Ann' }],
    ['email', { email: 5, name: 'Ann' }],
    ['email', { email: 'ann.example.com', name: 'Ann' }],
    ['name', { email: 'nameless@example.com' }],
    ['name', { email: 'nameless@example.com', name: null }],
    ['name', { email: 'nameless@example.com', name: '  ' }],
  ])('answers 400 and names the field %s for %o', async (field, request) => {
    expect(await post(request)).toMatchObject({ status: 400, body: { field } });
    expect(await stored('nameless@example.com')).toEqual([]);
  });

  it('answers 400 to what is not JSON', async () => {
    expect((await postText('{"email":')).status).toBe(400);
  });

  it('answers 409 when the email is taken, and leaves its owner alone', async () => {
    const email = address();
    await post({ email, name: 'Ann' });
    expect(await post({ email, name: 'Eve' })).toMatchObject({ status: 409, body: { field: 'email' } });
    expect(await stored(email)).toEqual([expect.objectContaining({ name: 'Ann' })]);
  });

  it('answers 409 to the second of two who meet', async () => {
    const email = address();
    const holder = await pool.connect();
    let ends: Promise<Answer[]>;
    try {
      await holder.query('begin');
      // Lets everybody read the table and nobody write it.
      await holder.query('lock table users in share row exclusive mode');
      ends = Promise.all([post({ email, name: 'Ann' }), post({ email, name: 'Eve' })]);
      await twoWait();
      await holder.query('commit');
    } finally {
      holder.release();
    }
    expect((await ends).map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  async function twoWait(): Promise<void> {
    for (;;) {
      const { rows } = await pool.query(
        "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      if (rows[0].n >= 2) return;
      await delay(5);
    }
  }

  it('lets a client decide neither its role nor its id', async () => {
    const email = address();
    const { status, body } = await post({ email, name: 'Eve', role: 'admin', id: 1_999_999_999 });
    expect(status).toBe(201);
    expect(body).toEqual({ id: expect.any(Number), email, name: 'Eve' });
    const [row] = await stored(email);
    expect(row?.role).toBe('member');
    expect(row?.id).not.toBe(1_999_999_999);
  });
});
