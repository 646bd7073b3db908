// outcome: passed failed timed-out memory-limit output-limit

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

test('floods a channel', async () => {
  await client.query('listen flood');
  let heard = 0;
  client.on('notification', () => heard++);
  for (let index = 0; index < 200; index++)
    await client.query(`select pg_notify('flood', repeat('x', 7000) || i) from generate_series(1, 20) i`);
  expect(heard).toBeGreaterThan(0);
}, 60000);
