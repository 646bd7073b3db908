import { expect, it } from 'vitest';
import { Mapper } from './mapper';
import { startShop } from './setup';

const shop = startShop();

// #region order
it('lists customers as they were added', async () => {
  const customers = new Mapper(shop.pool, 'customers');
  const ada = await customers.save({ name: 'Ada' });
  await customers.save({ name: 'Grace' });
  await shop.pool.query("update customers set name = 'Ada Lovelace' where id = $1", [ada.id]);

  const { rows } = await shop.pool.query('select name from customers');

  expect(rows).toEqual([{ name: 'Ada Lovelace' }, { name: 'Grace' }]); // Grace comes first
});
// #endregion order
