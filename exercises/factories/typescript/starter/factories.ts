import type { Company, Factories, Queryable } from './schema';

/** Functions that make a test’s rows. */
export function createFactories(db: Queryable): Factories {
  async function company(): Promise<Company> {
    const { rows } = await db.query(
      "insert into companies (email, name) values ('company@example.com', 'Some Company') returning *",
    );
    return rows[0];
  }

  return {
    company,
    show: () => Promise.reject(new Error('There is no factory for shows yet.')),
    ticket: () => Promise.reject(new Error('There is no factory for tickets yet.')),
  };
}
