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

test('opens connections until there are none', async () => {
  const clients: Client[] = [];
  let refused = '';
  while (refused === '' && clients.length < 600) {
    const one = new Client({ connectionString: container.getConnectionUri() });
    one.on('error', () => {});
    clients.push(one);
    await one.connect().catch(({ message }) => {
      refused = message;
    });
  }
  expect(refused).not.toBe('');
  await Promise.all(clients.map((one) => one.end().catch(() => {})));
}, 60000);
