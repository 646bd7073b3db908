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

  it('makes one show and one company for a ticket', async () => {
    const { show_id } = await make.ticket();

    expect(await database.counts()).toEqual({ companies: 1, shows: 1, tickets: 1 });
    const { rows } = await database.pool.query('select id::int from shows');
    expect(rows).toEqual([{ id: Number(show_id) }]);
  });

  it('makes nothing but the ticket where the show is given', async () => {
    const { id } = await make.show();
    await make.ticket({ show_id: id });
    await make.ticket({ show_id: id });

    expect(await database.counts()).toEqual({ companies: 1, shows: 1, tickets: 2 });
  });

  it('makes nothing but the show where the company is given', async () => {
    const { id } = await make.company();
    const show = await make.show({ company_id: id });

    expect(await database.counts()).toEqual({ companies: 1, shows: 1, tickets: 0 });
    expect(Number(show.company_id)).toBe(Number(id));
  });

  it('makes a company for each show', async () => {
    await make.show();
    await make.show();

    expect(await database.counts()).toEqual({ companies: 2, shows: 2, tickets: 0 });
  });
});
