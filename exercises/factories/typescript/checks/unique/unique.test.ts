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

  it('makes twenty companies at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => make.company()));

    expect(await database.counts()).toMatchObject({ companies: 20 });
  });

  it('makes twenty tickets of one show at once', async () => {
    const { id } = await make.show();
    await Promise.all(Array.from({ length: 20 }, () => make.ticket({ show_id: id })));

    expect(await database.counts()).toEqual({ companies: 1, shows: 1, tickets: 20 });
  });

  it('goes together with another set of factories, as in another test file', async () => {
    const other = createFactories(database.pool);
    for (const factories of [make, other, make, other]) await factories.ticket();

    expect(await database.counts()).toMatchObject({ companies: 4, shows: 4, tickets: 4 });
  });
});
