// outcome: passed failed

import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

let container: StartedPostgreSqlContainer;
let client: Client;
beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  client = new Client({ connectionString: container.getConnectionUri() });
  client.on('error', () => {});
  await client.connect();
}, 60_000);
afterAll(async () => {
  await client.end().catch(() => {});
  await container.stop();
});

test('drops the database that it is in', async () => {
  const other = new Client({ connectionString: container.getConnectionUri().replace(/[^/]+$/, 'postgres') });
  await other.connect();
  await other.query('drop database test with (force)');
  await other.end();
  expect(1).toBe(1);
}, 60000);
