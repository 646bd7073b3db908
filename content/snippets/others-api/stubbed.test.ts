import { afterEach, expect, it, vi } from 'vitest';
import { charge } from './naive-client';

afterEach(() => {
  vi.unstubAllGlobals();
});

// #region stubbed
it('tries again when the line breaks', async () => {
  const fetch = vi
    .fn()
    .mockRejectedValueOnce(new TypeError('fetch failed'))
    .mockResolvedValueOnce(Response.json({ id: 'ch_1' }, { status: 201 }));
  vi.stubGlobal('fetch', fetch);

  expect(await charge('https://payments.example', 'order-1', 4_900)).toEqual({ id: 'ch_1' });
  expect(fetch).toHaveBeenCalledTimes(2);
});
// #endregion stubbed
