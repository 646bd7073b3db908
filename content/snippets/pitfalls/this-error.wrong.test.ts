import { expect, it } from 'vitest';
import { Mapper } from './mapper';
import { placeOrder } from './orders';
import { startShop } from './setup';

const shop = startShop();

// #region this-error
it('refuses an order for nothing', async () => {
  const ada = await new Mapper(shop.pool, 'customers').save({ name: 'Ada' });

  await expect(placeOrder(shop.pool, ada.id, 0)).rejects.toMatchObject({
    code: '23514', // but it is 42703: there is no column “totel”
    constraint: 'orders_total_check',
  });
});
// #endregion this-error
