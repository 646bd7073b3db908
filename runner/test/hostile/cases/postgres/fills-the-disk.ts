// outcome: failed passed memory-limit
// reason-of-test: space|too large|memory|terminated|ended|recovery|server

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

test('fills its disk', async () => {
  await client.query("create table filler as select repeat('x', 1000) as text from generate_series(1, 10000000)");
}, 60000);
