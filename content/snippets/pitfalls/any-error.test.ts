import { expect, it } from 'vitest';
import { Mapper } from './mapper';
import { placeOrder } from './orders';
import { startShop } from './setup';

const shop = startShop();

// #region any-error
it('refuses an order for nothing', async () => {
  const ada = await new Mapper(shop.pool, 'customers').save({ name: 'Ada' });

  await expect(placeOrder(shop.pool, ada.id, 0)).rejects.toThrow();
});
// #endregion any-error

// #region now
it('gives all rows of a transaction the same time', async () => {
  const ada = await new Mapper(shop.pool, 'customers').save({ name: 'Ada' });
  const client = await shop.pool.connect();
  try {
    await client.query('begin');
    for (const total of [1, 2, 3]) {
      await client.query('insert into orders (customer_id, total) values ($1, $2)', [ada.id, total]);
    }
    const { rows } = await client.query('select count(distinct placed_at)::int as times from orders');
    expect(rows[0].times).toBe(1);
  } finally {
    client.release(true);
  }
});
// #endregion now
