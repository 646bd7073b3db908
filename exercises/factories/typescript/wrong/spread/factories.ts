import { randomUUID } from 'node:crypto';
import type { Company, Factories, Queryable, Show, Ticket } from './schema';

/** Functions that make a test’s rows. */
export function createFactories(db: Queryable): Factories {
  async function company(given: Partial<Company> = {}): Promise<Company> {
    const row = { email: `${randomUUID()}@example.com`, name: 'Some Company', verified: false, ...given };
    const { rows } = await db.query(
      `insert into companies (email, name, verified) values ($1, $2, $3)
       returning id::int, email, name, verified`,
      [row.email, row.name, row.verified],
    );
    return rows[0];
  }

  async function show(given: Partial<Show> = {}): Promise<Show> {
    const { company_id = (await company()).id, slug = `show-${randomUUID()}`, title = 'Some Show' } = given;
    const { day = '2030-01-31', price = 23.5, seats = 77, tags = [], cancelled_at = null } = given;
    const { rows } = await db.query(
      `insert into shows (company_id, slug, title, day, price, seats, tags, cancelled_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       returning id::int, company_id::int, slug, title, day::text, price::float8, seats, tags, cancelled_at`,
      [company_id, slug, title, day, price, seats, JSON.stringify(tags), cancelled_at],
    );
    return rows[0];
  }

  async function ticket(given: Partial<Ticket> = {}): Promise<Ticket> {
    const { show_id = (await show()).id, holder = `Holder ${randomUUID()}`, code = randomUUID().slice(0, 8) } = given;
    const { rows } = await db.query(
      'insert into tickets (show_id, holder, code) values ($1, $2, $3) returning id::int, show_id::int, holder, code',
      [show_id, holder, code],
    );
    return rows[0];
  }

  return { company, show, ticket };
}
