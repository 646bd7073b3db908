import { beforeEach, expect, it } from 'vitest';
import { loadFixtures } from './fixtures';
import { due } from './renewals';
import { startShop } from './setup';

const shop = startShop();

// #region one-more
beforeEach(async () => {
  await loadFixtures(shop.pool);
  await shop.pool.query(`
    insert into customers (email, name) values ('zoe@example.com', 'Zoë');
    insert into subscriptions (customer_id, plan, price, renews_on, paused_on) values
      (4, 'basic', 900, '2026-02-01', '2026-01-15'), (4, 'plus', 1900, '2026-02-01', null)
  `);
});

it('charges what is due', async () => {
  expect(await due(shop.pool, '2026-03-01')).toEqual([1, 3]); // and 6, which this test knows nothing of
});

it('counts customers', async () => {
  const { rows } = await shop.pool.query('select count(*)::int as n from customers');

  expect(rows[0].n).toBe(3); // 4
});
// #endregion one-more
