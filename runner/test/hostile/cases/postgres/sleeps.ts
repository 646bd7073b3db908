// outcome: timed-out failed

import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import { Client } from 'pg';
import { afterAll, beforeAll, test } from 'vitest';

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

test('sleeps in the server', async () => {
  await client.query('select pg_sleep(1000)');
}, 600000);
