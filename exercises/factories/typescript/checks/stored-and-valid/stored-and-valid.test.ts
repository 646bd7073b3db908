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

  it('stores a company and resolves to it', async () => {
    const { id, email, name } = await make.company();

    const { rows } = await database.pool.query('select email, name from companies where id = $1', [id]);
    expect(rows).toEqual([{ email, name }]);
  });

  it('stores a show and resolves to it', async () => {
    const { id, slug, title } = await make.show();

    const { rows } = await database.pool.query('select slug, title from shows where id = $1', [id]);
    expect(rows).toEqual([{ slug, title }]);
  });

  it('stores a ticket and resolves to it', async () => {
    const { id, holder, code } = await make.ticket();

    const { rows } = await database.pool.query('select holder, code from tickets where id = $1', [id]);
    expect(rows).toEqual([{ holder, code }]);
  });
});
