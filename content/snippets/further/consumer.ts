// #region consumer
/** The invoice service, reading an order from the order service. */
export function invoiceLine(body: string): string {
  const order = JSON.parse(body);
  return `Order ${order.id}: ${(order.total_cents / 100).toFixed(2)} ${order.currency}`;
}
// #endregion consumer
