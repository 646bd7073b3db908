import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFactories } from './factories';
import type { Factories } from './schema';
import { startTestDatabase, type TestDatabase } from './test-database';

describe('createFactories', () => {
  let database: TestDatabase;
  let make: Factories;

  beforeAll(async () => {
    database = await startTestDatabase();
  }, 120_000);
  beforeEach(async () => {
    await database.empty();
    make = createFactories(database.pool);
  });
  afterAll(() => database.stop());

  const stored = async (id: number) => {
    const { rows } = await database.pool.query(
      `select company_id::int, slug, title, day::text, price::float8, seats, tags, cancelled_at from shows where id = $1`,
      [id],
    );
    return rows[0];
  };

  it('stores every column of a show as given', async () => {
    const company_id = Number((await make.company()).id);
    const given = {
      company_id,
      slug: 'hamlet',
      title: 'Hamlet',
      day: '2031-12-24',
      price: 12.5,
      seats: 3,
      tags: ['classic', 'long'],
      cancelled_at: new Date('2031-12-01T10:00:00Z'),
    };
    const { id } = await make.show(given);

    expect(await stored(id)).toEqual(given);
  });

  it('stores zero, an empty text, an empty list and null', async () => {
    const given = { title: '', price: 0, seats: 0, tags: [], cancelled_at: null };
    const { id } = await make.show(given);

    expect(await stored(id)).toMatchObject(given);
  });

  it('stores what is given of a company and of a ticket', async () => {
    await make.company({ email: 'ada@example.com', name: '', verified: true });
    await make.company({ email: 'grace@example.com', name: 'Grace', verified: false });
    const companies = await database.pool.query('select email, name, verified from companies order by id');
    expect(companies.rows).toEqual([
      { email: 'ada@example.com', name: '', verified: true },
      { email: 'grace@example.com', name: 'Grace', verified: false },
    ]);

    await make.ticket({ holder: 'Alan', code: 'ABCD1234' });
    const tickets = await database.pool.query('select holder, code from tickets');
    expect(tickets.rows).toEqual([{ holder: 'Alan', code: 'ABCD1234' }]);
  });
});
