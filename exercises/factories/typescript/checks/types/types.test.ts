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

  it('hands on ids as numbers', async () => {
    const company = await make.company();
    const show = await make.show({ company_id: company.id });
    const ticket = await make.ticket({ show_id: show.id });

    expect([company.id, show.id, show.company_id, ticket.id, ticket.show_id]).toEqual([1, 1, 1, 1, 1]);
  });

  it('hands on price and seats as numbers, the day as a text', async () => {
    const show = await make.show({ day: '2031-12-24', price: 12.5, seats: 3 });

    expect(show).toMatchObject({ day: '2031-12-24', price: 12.5, seats: 3 });
  });

  it('hands on tags as a list, and the moment of a cancellation as a Date', async () => {
    const cancelled_at = new Date('2031-12-01T10:00:00Z');
    const show = await make.show({ tags: ['classic', 'in "quotes"'], cancelled_at });

    expect(show).toMatchObject({ tags: ['classic', 'in "quotes"'], cancelled_at });
  });

  it('hands on what was not given in the same types', async () => {
    expect(await make.show()).toMatchObject({
      day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      price: expect.any(Number),
      seats: expect.any(Number),
      tags: expect.any(Array),
    });
  });
});
