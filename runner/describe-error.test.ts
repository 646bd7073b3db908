import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeError } from './describe-error.ts';
import { openTestStore } from './test/web/test-store.ts';

let store: Awaited<ReturnType<typeof openTestStore>>;
let pool: pg.Pool;
beforeAll(async () => {
  store = await openTestStore();
  pool = store.pool;
});
afterAll(() => store[Symbol.asyncDispose]());

it.each(['timestamptz', 'int', 'uuid', 'inet'])(
  'a value that is no %s is in no line of the log, also where another error was caused by it',
  async (type) => {
    const error = await pool.query(`select $1::text::${type}`, ['"PERIWINKLE']).catch((thrown) => thrown);
    expect(error.message).toContain('PERIWINKLE');
    const line = JSON.stringify(describeError(new Error('The store failed.', { cause: error })));
    expect(line).not.toContain('PERIWINKLE');
    expect(line).toContain('PostgreSQL refused a value.');
    expect(line).toContain('describe-error.test.ts');
  },
);

it('what else went wrong is said as it is', () => {
  const error = Object.assign(new Error('No connection.'), { code: 'ECONNREFUSED' });
  expect(describeError(error)).toMatchObject({ message: 'No connection.', code: 'ECONNREFUSED' });
});
