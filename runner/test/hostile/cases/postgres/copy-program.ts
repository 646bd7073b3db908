// outcome: passed

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

test('runs programs as the server', async () => {
  await client.query('create table seen (line text)');
  await client.query("copy seen from program 'id -u; cat HOST_FILE 2>/dev/null; ls / ; env'");
  const { rows } = await client.query<{ line: string }>('select line from seen');
  console.log(rows.map(({ line }) => line).join('\n'));
  expect(rows[0]?.line).not.toBe('0');
});
