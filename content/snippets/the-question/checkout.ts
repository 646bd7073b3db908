import type { Orders } from './order-store';

const SHIPPING = 5;

// #region due
export async function amountDue(orders: Orders, order: number): Promise<number> {
  const subtotal = await orders.subtotal(order);
  return subtotal >= 100 ? subtotal : subtotal + SHIPPING;
}
// #endregion due
