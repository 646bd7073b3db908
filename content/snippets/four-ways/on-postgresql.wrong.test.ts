import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postgres } from './database';
import { importContacts, migrate } from './import-contacts';

let container: StartedPostgreSqlContainer;
let client: pg.Client;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  client = new pg.Client({ connectionString: container.getConnectionUri() });
  await client.connect();
}, 120_000);

afterAll(async () => {
  await client?.end();
  await container?.stop();
});

// #region on-postgresql
it('imports new contacts and leaves out those that are there', async () => {
  const db = postgres(client);
  await migrate(db);
  await db.run("insert into contacts values ('ada@example.com', 'Ada')");

  await importContacts(db, [
    { email: 'grace@example.com', name: 'Grace' },
    { email: 'ada@example.com', name: 'Ada again' },
    { email: 'alan@example.com', name: 'Alan' },
  ]);

  // error: expected [ { name: 'Ada' } ] to match object [ { name: 'Ada' }, { name: 'Alan' }, … ]
  expect(await db.run('select name from contacts order by name')).toMatchObject([
    { name: 'Ada' },
    { name: 'Alan' },
    { name: 'Grace' },
  ]);
});
// #endregion on-postgresql
