import { randomUUID } from 'node:crypto';
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app';
import { migrate } from './migrations';

// #region setup
let container: StartedPostgreSqlContainer;
let pool: pg.Pool;
let app: FastifyInstance;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await migrate(pool);
  app = createApp({ databaseUrl: container.getConnectionUri() });
}, 120_000);

afterAll(async () => {
  await app?.close();
  await pool?.end();
  await container?.stop();
});

const post = (payload: object) => app.inject({ method: 'POST', url: '/users', payload });
// #endregion setup

// #region created
it('creates a user, says where it is, and gives it back from there', async () => {
  const created = await post({ email: 'ada@example.com', name: 'Ada' });

  expect(created.statusCode).toBe(201);
  expect(created.json()).toEqual({ id: expect.any(String), email: 'ada@example.com', name: 'Ada' });

  const found = await app.inject({ url: String(created.headers.location) });
  expect(found.statusCode).toBe(200);
  expect(found.json()).toEqual(created.json());
});
// #endregion created

// #region invalid
describe('a request that is not valid', () => {
  it.each([
    ['no address', { name: 'Ben' }, 'email'],
    ['an address that is none', { email: 'ben', name: 'Ben' }, 'email'],
    ['an empty name', { email: 'ben@example.com', name: '' }, 'name'],
    ['a number as name', { email: 'ben@example.com', name: 7 }, 'name'],
    ['a field that is not theirs to set', { email: 'ben@example.com', name: 'Ben', is_admin: true }, 'is_admin'],
  ])('%s: 400, which field, and nothing stored', async (_, payload, field) => {
    const response = await post(payload);

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ field });
    const { rows } = await pool.query("select from users where name = 'Ben' or email like 'ben%'");
    expect(rows).toHaveLength(0);
  });
});
// #endregion invalid

// #region unreadable
it.each([
  ['broken JSON', 'application/json', '{"email":', 400],
  ['a form', 'application/x-www-form-urlencoded', 'email=ben%40example.com', 415],
])('%s is the client’s mistake, not ours', async (_, type, payload, status) => {
  const response = await app.inject({ method: 'POST', url: '/users', headers: { 'content-type': type }, payload });

  expect(response.statusCode).toBe(status);
});
// #endregion unreadable

// #region duplicate
it('answers 409 to one of two who want the same address at once', async () => {
  const both = await Promise.all([
    post({ email: 'eve@example.com', name: 'Eve' }),
    post({ email: 'eve@example.com', name: 'Eva' }),
  ]);

  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
  expect(both.find(({ statusCode }) => statusCode === 409)?.json()).toEqual({ error: 'taken', field: 'email' });
  const { rows } = await pool.query("select name from users where email = 'eve@example.com'");
  expect(rows).toEqual([{ name: both.find(({ statusCode }) => statusCode === 201)?.json().name }]);
});
// #endregion duplicate

// #region absent
it.each([
  ['an id that nobody has', randomUUID(), 404],
  ['an id that is none', 'ada', 400],
])('%s: %s answers %i', async (_, id, status) => {
  expect((await app.inject({ url: `/users/${id}` })).statusCode).toBe(status);
});
// #endregion absent

// #region internal
it('keeps to itself what went wrong inside', async () => {
  // A database that has no tables: each statement fails with “relation "users" does not exist”.
  const unmigrated = new URL(container.getConnectionUri());
  unmigrated.pathname = '/template1';
  await using broken = createApp({ databaseUrl: unmigrated.href });

  const response = await broken.inject({ url: `/users/${randomUUID()}` });

  expect(response.statusCode).toBe(500);
  expect(response.json()).toEqual({ error: 'internal' });
});
// #endregion internal

// #region socket
it('answers over a real socket as well', async () => {
  await using listening = createApp({ databaseUrl: container.getConnectionUri() });
  const url = await listening.listen({ host: '127.0.0.1', port: 0 });

  const response = await fetch(`${url}/users/${randomUUID()}`);

  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
});
// #endregion socket
