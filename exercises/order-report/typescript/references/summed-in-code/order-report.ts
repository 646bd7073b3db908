import type pg from 'pg';

export type ReportRow = { customer: string; orders: number; totalCents: number; paidCents: number };
export type Question = { month: string; timeZone: string };

/** What every customer ordered in a calendar month of a time zone, and what was paid for it. */
export async function orderReport(pool: pg.Pool, { month, timeZone }: Question): Promise<ReportRow[]> {
  const customers = await pool.query<{ id: number; name: string }>('select id, name from customers');
  const orders = await pool.query<{ id: number; customer_id: number; discount_cents: number | null }>(
    `select id, customer_id, discount_cents from orders where date_trunc('month', placed_at, $2) = ($1 || '-01')::timestamp at time zone $2`,
    [month, timeZone],
  );
  const ids = orders.rows.map(({ id }) => id);
  const lines = await pool.query<{ order_id: number; quantity: number; unit_cents: number }>(
    'select order_id, quantity, unit_cents from order_lines where order_id = any($1)',
    [ids],
  );
  const payments = await pool.query<{ order_id: number; amount_cents: number }>(
    'select order_id, amount_cents from payments where order_id = any($1)',
    [ids],
  );
  const report = customers.rows.map(({ id, name }): ReportRow => {
    const own = orders.rows.filter(({ customer_id }) => customer_id === id);
    const ownIds = new Set(own.map((order) => order.id));
    const ofThose = <T extends { order_id: number }>(rows: T[]) => rows.filter(({ order_id }) => ownIds.has(order_id));
    return {
      customer: name,
      orders: own.length,
      totalCents:
        sum(ofThose(lines.rows).map(({ quantity, unit_cents }) => quantity * unit_cents)) -
        sum(own.map(({ discount_cents }) => discount_cents ?? 0)),
      paidCents: sum(ofThose(payments.rows).map(({ amount_cents }) => amount_cents)),
    };
  });
  return report.sort((one, other) => other.totalCents - one.totalCents || (one.customer < other.customer ? -1 : 1));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
