import { expect, it } from 'vitest';
import { aCustomer } from './factories';
import { subscribe } from './renewals';
import { startShop } from './setup';

const shop = startShop();

// #region francs
it('charges in the currency that was agreed', async () => {
  const ada = await aCustomer(shop.pool);

  const id = await subscribe(shop.pool, ada.id, 900, 'CHF');

  const { rows } = await shop.pool.query('select currency from subscriptions where id = $1', [id]);
  expect(rows).toEqual([{ currency: 'CHF' }]); // EUR, from the column’s default
});
// #endregion francs
