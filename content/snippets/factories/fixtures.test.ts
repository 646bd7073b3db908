import { beforeEach, expect, it } from 'vitest';
import { loadFixtures } from './fixtures';
import { dueForgetful } from './renewals';
import { startShop } from './setup';

const shop = startShop();

// #region by-fixture
beforeEach(() => loadFixtures(shop.pool));

it('charges what is due', async () => {
  expect(await dueForgetful(shop.pool, '2026-03-01')).toEqual([1, 3]);
});
// #endregion by-fixture
