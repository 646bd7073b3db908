import type pg from 'pg';

export type ReportRow = { customer: string; orders: number; totalCents: number; paidCents: number };
export type Question = { month: string; timeZone: string };

/** What every customer ordered in a calendar month of a time zone, and what was paid for it. */
export async function orderReport(pool: pg.Pool, { month, timeZone }: Question): Promise<ReportRow[]> {
  const { rows } = await pool.query<ReportRow>(
    `select name as customer,
            count(order_id)::integer as orders,
            coalesce(sum(total), 0)::integer as "totalCents",
            coalesce(sum(paid), 0)::integer as "paidCents"
     from customers
       left join (
         select customer_id, id as order_id,
                coalesce((select sum(quantity * unit_cents) from order_lines where order_id = orders.id), 0)
                  - coalesce(discount_cents, 0) as total,
                (select sum(amount_cents) from payments where order_id = orders.id) as paid
         from orders
         where to_char(placed_at at time zone $2, 'YYYY-MM') = $1
       ) as of_the_month on customer_id = customers.id
     group by customers.id
     order by "totalCents" desc, name collate "C"`,
    [month, timeZone],
  );
  return rows;
}
