import { beforeEach, expect, it } from 'vitest';
import { aCustomer, aSpreadCustomer, aSubscription } from './factories';
import { due, subscribe } from './renewals';
import { startShop } from './setup';

const shop = startShop();

beforeEach(async () => {
  await shop.pool.query('truncate customers, subscriptions');
});

// #region due
it('charges what is due, up to that day', async () => {
  const before = await aSubscription(shop.pool, { renews_on: '2026-02-27' });
  const today = await aSubscription(shop.pool, { renews_on: '2026-03-01' });
  await aSubscription(shop.pool, { renews_on: '2026-03-02' });

  expect(await due(shop.pool, '2026-03-01')).toEqual([before.id, today.id]);
});

it('does not charge a subscription that is paused', async () => {
  const running = await aSubscription(shop.pool, { renews_on: '2026-03-01' });
  await aSubscription(shop.pool, { renews_on: '2026-03-01', paused_on: '2026-01-15' });

  expect(await due(shop.pool, '2026-03-01')).toEqual([running.id]);
});
// #endregion due

// #region related
it('makes the customer too, unless you have one', async () => {
  const ada = await aCustomer(shop.pool, { name: 'Ada' });
  const first = await aSubscription(shop.pool, { customer: ada });
  const second = await aSubscription(shop.pool, { customer: ada });
  const stranger = await aSubscription(shop.pool);

  expect([first.customer_id, second.customer_id]).toEqual([ada.id, ada.id]);
  expect(stranger.customer_id).not.toBe(ada.id);
});
// #endregion related

// #region constraints
it('cannot make a row that the schema forbids', async () => {
  await expect(aSubscription(shop.pool, { price: 0 })).rejects.toMatchObject({ code: '23514' });
});
// #endregion constraints

// #region undefined
it('takes an override that is undefined for none', async () => {
  const { name } = JSON.parse('{}'); // absent, and unseen by the compiler
  const customer = await aCustomer(shop.pool, { name });
  expect(customer.name).toBe('Some Customer');

  await expect(aSpreadCustomer(shop.pool, { name })).rejects.toMatchObject({ code: '23502' });
});
// #endregion undefined

// #region euros
it('charges in the currency that was agreed', async () => {
  const ada = await aCustomer(shop.pool);

  const id = await subscribe(shop.pool, ada.id, 900, 'EUR');

  const { rows } = await shop.pool.query('select currency from subscriptions where id = $1', [id]);
  expect(rows).toEqual([{ currency: 'EUR' }]);
});
// #endregion euros
