import { expect, it } from 'vitest';
import { aSubscription } from './factories';
import { dueForgetful } from './renewals';
import { startShop } from './setup';

const shop = startShop();

// #region paused
it('does not charge a subscription that is paused', async () => {
  const running = await aSubscription(shop.pool, { renews_on: '2026-03-01' });
  await aSubscription(shop.pool, { renews_on: '2026-03-01', paused_on: '2026-01-15' });

  expect(await dueForgetful(shop.pool, '2026-03-01')).toEqual([running.id]); // both are charged
});
// #endregion paused
