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

test('reads files as the server', async () => {
  for (const path of ['HOST_FILE', '/etc/shadow', '/proc/1/environ']) {
    await expect(client.query('select pg_read_file($1)', [path])).rejects.toThrow();
  }
  const { rows } = await client.query("select pg_ls_dir('/') as name");
  console.log(JSON.stringify(rows));
});
