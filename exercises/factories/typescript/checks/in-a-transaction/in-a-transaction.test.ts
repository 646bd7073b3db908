import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFactories } from './factories';
import type { Factories } from './schema';
import { startTestDatabase, type TestDatabase } from './test-database';

describe('createFactories', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startTestDatabase();
  }, 120_000);
  beforeEach(() => database.empty());
  afterAll(() => database.stop());

  const rolledBack = async (work: (factories: Factories) => Promise<unknown>) => {
    const client = await database.pool.connect();
    try {
      await client.query('begin');
      await work(createFactories(client));
    } finally {
      await client.query('rollback');
      client.release();
    }
  };

  it('sends everything through its db, related rows too', async () => {
    await rolledBack((factories) => factories.ticket());

    expect(await database.counts()).toEqual({ companies: 0, shows: 0, tickets: 0 });
  });

  it('remembers no row of an earlier test', async () => {
    const client = await database.pool.connect();
    try {
      const factories = createFactories(client);
      for (let test = 1; test <= 2; test++) {
        await client.query('begin');
        await factories.ticket();
        await client.query('rollback');
      }
    } finally {
      client.release();
    }

    expect(await database.counts()).toEqual({ companies: 0, shows: 0, tickets: 0 });
  });
});
