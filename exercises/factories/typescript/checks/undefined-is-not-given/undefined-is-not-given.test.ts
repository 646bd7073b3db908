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

  it('takes its own value instead', async () => {
    const given: Record<string, undefined> = { email: undefined, name: undefined, verified: undefined };
    const { name } = await make.company(given);

    expect(name).toEqual(expect.any(String));
  });

  it('makes the row that is needed', async () => {
    const given: Record<string, undefined> = { company_id: undefined, slug: undefined, tags: undefined };
    await make.show(given);
    await make.ticket({ show_id: undefined } as Record<string, undefined>);

    expect(await database.counts()).toEqual({ companies: 2, shows: 2, tickets: 1 });
  });
});
