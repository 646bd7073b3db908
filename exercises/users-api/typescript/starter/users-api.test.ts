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

  function post(body: unknown): Promise<Response> {
    return fetch(`${app.url}/users`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  it('answers a sign-up', async () => {
    const response = await post({ email: 'ann@example.com', name: 'Ann' });

    expect(response.ok).toBe(true);
  });

  // “ok” is generous. Which status, which body, and which row does a client get for which request?
});
