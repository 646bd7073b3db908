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

test('connects from the server to the host', async () => {
  await client.query('create table answers (line text)');
  await client.query(
    "copy answers from program 'for port in HOST_PORT 80; do (exec 3<>/dev/tcp/127.0.0.1/$port) 2>&1 | head -c 200; done; true'",
  );
  await client.query(
    "copy answers from program 'bash -c ''exec 3<>/dev/tcp/127.0.0.1/HOST_PORT && echo LEAK: connected'' 2>&1; true'",
  );
  const { rows } = await client.query<{ line: string }>('select line from answers');
  const said = rows.map(({ line }) => line).join('\n');
  console.log(said.replace("LEAK: connected'", ''));
  expect(said).not.toMatch(/^LEAK/m);
});
