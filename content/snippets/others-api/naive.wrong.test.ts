import { expect, it } from 'vitest';
import { charge } from './naive-client';
import { PaymentStandIn } from './payment-stand-in';

// #region twice
it('charges an order once, even when the answer is lost', async () => {
  await using payments = await PaymentStandIn.listen();
  payments.next('charge, then cut the line');

  await charge(payments.url, 'order-1', 4_900);

  // error: expected [ { id: 'ch_1', …(2) }, …(1) ] to have a length of 1 but got 2
  expect(payments.charges).toHaveLength(1);
});
// #endregion twice
