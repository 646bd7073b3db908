import type pg from 'pg';
import { expect, it, vi } from 'vitest';
import { StaleRepository } from './stale-repository';

// #region mocked
it('creates a user', async () => {
  const ada = { id: '1', email: 'ada@example.com', name: 'Ada' };
  const query = vi.fn().mockResolvedValue({ rows: [ada] });
  const users = new StaleRepository({ query } as unknown as pg.Pool);

  expect(await users.create({ email: 'ada@example.com', name: 'Ada' })).toEqual(ada);
  expect(query).toHaveBeenCalledWith(expect.stringContaining('insert into users'), ['ada@example.com', 'Ada']);
});
// #endregion mocked
