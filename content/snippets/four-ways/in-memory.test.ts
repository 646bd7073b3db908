import { expect, it } from 'vitest';
import { sqliteInMemory } from './database';
import { importContacts, migrate } from './import-contacts';

// #region in-memory
it('imports new contacts and leaves out those that are there', async () => {
  const db = sqliteInMemory();
  await migrate(db);
  await db.run("insert into contacts values ('ada@example.com', 'Ada')");

  await importContacts(db, [
    { email: 'grace@example.com', name: 'Grace' },
    { email: 'ada@example.com', name: 'Ada again' },
    { email: 'alan@example.com', name: 'Alan' },
  ]);

  expect(await db.run('select name from contacts order by name')).toMatchObject([
    { name: 'Ada' },
    { name: 'Alan' },
    { name: 'Grace' },
  ]);
});
// #endregion in-memory
