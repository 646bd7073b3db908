import { expect, it } from 'vitest';
import { Mapper } from './mapper';
import { startShop } from './setup';

const shop = startShop();

// #region mapper
it('saves a customer and finds it again', async () => {
  const customers = new Mapper(shop.pool, 'customers');

  const ada = await customers.save({ name: 'Ada' });

  expect(await customers.find(ada.id)).toEqual(ada);
});

it('finds null for a customer that is not there', async () => {
  expect(await new Mapper(shop.pool, 'customers').find(404)).toBeNull();
});

it('deletes a customer', async () => {
  const customers = new Mapper(shop.pool, 'customers');
  const ada = await customers.save({ name: 'Ada' });

  await customers.delete(ada.id);

  expect(await customers.find(ada.id)).toBeNull();
});
// #endregion mapper
