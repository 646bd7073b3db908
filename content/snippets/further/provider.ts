// #region provider
/** GET /orders/:id of the order service. Last week, it changed from snake_case to camelCase. */
export function answer(id: string): { status: number; body: string } {
  return { status: 200, body: JSON.stringify({ id, totalCents: 1990, currency: 'EUR' }) };
}
// #endregion provider
