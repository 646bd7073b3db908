import { expect, it } from 'vitest';
import { bestCustomers } from './best-customers';
import { Mapper } from './mapper';
import { startShop } from './setup';

const shop = startShop();

// #region query
it('lists customers by what they have spent', async () => {
  const customers = new Mapper(shop.pool, 'customers');
  const orders = new Mapper(shop.pool, 'orders');
  const ada = await customers.save({ name: 'Ada' });
  const otherAda = await customers.save({ name: 'Ada' });
  await customers.save({ name: 'Grace' });
  await orders.save({ customer_id: ada.id, total: 1000 });
  await orders.save({ customer_id: ada.id, total: 500, status: 'refunded' });
  await orders.save({ customer_id: otherAda.id, total: 300 });

  expect(await bestCustomers(shop.pool)).toEqual([
    { name: 'Ada', spent: 1000 },
    { name: 'Ada', spent: 300 },
    { name: 'Grace', spent: 0 },
  ]); // [{ name: 'Ada', spent: 1800 }]
});
// #endregion query
