import type pg from 'pg';

export type ReportRow = { customer: string; orders: number; totalCents: number; paidCents: number };
export type Question = { month: string; timeZone: string };

/** What every customer ordered in a calendar month of a time zone, and what was paid for it. */
export async function orderReport(pool: pg.Pool, { month, timeZone }: Question): Promise<ReportRow[]> {
  const { rows } = await pool.query<ReportRow>(
    `with month as (
       select first at time zone $2 as since, (first + interval '1 month') at time zone $2 as until
       from (values (($1 || '-01')::timestamp)) as given (first)
     ), line_sums as (
       select order_id, sum(quantity * unit_cents) as cents, count(*) as lines from order_lines group by order_id
     ), payment_sums as (
       select order_id, sum(amount_cents) as cents from payments group by order_id
     )
     select customers.name as customer,
            count(orders.id)::integer as orders,
            coalesce(sum(coalesce(line_sums.cents, 0) - coalesce(orders.discount_cents * line_sums.lines, 0)), 0)::integer as "totalCents",
            coalesce(sum(payment_sums.cents), 0)::integer as "paidCents"
     from customers
       cross join month
       left join orders on orders.customer_id = customers.id and placed_at >= since and placed_at < until
       left join line_sums on line_sums.order_id = orders.id
       left join payment_sums on payment_sums.order_id = orders.id
     group by customers.id
     order by "totalCents" desc, customers.name collate "C"`,
    [month, timeZone],
  );
  return rows;
}
