import type { Database } from './database';

type Contact = { email: string; name: string };

export async function migrate(db: Database): Promise<void> {
  await db.run('create table contacts (email text primary key, name text not null)');
}

// #region import
/** Imports all contacts in one transaction. Those that are there already are left out. */
export async function importContacts(db: Database, contacts: Contact[]): Promise<void> {
  await db.run('begin');
  for (const { email, name } of contacts) {
    try {
      await db.run('insert into contacts (email, name) values ($1, $2)', [email, name]);
    } catch {
      // There already. On with the next one.
    }
  }
  await db.run('commit');
}
// #endregion import

// #region mended
export async function importNewContacts(db: Database, contacts: Contact[]): Promise<void> {
  await db.run('begin');
  try {
    for (const { email, name } of contacts) {
      await db.run('insert into contacts (email, name) values ($1, $2) on conflict (email) do nothing', [email, name]);
    }
    await db.run('commit');
  } catch (error) {
    await db.run('rollback');
    throw error;
  }
}
// #endregion mended
