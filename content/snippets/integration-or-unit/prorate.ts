// #region tangled
import type pg from 'pg';

/** Bills what is left of the month, for everybody who joined in it. */
export async function billNewcomers(pool: pg.Pool, today: Date): Promise<void> {
  const { rows } = await pool.query('select id, monthly_cents, joined from customers where joined <= $1', [today]);
  for (const { id, monthly_cents: monthly, joined } of rows) {
    await pool.query('insert into bills (customer, cents) values ($1, $2)', [id, prorated(monthly, joined, today)]);
  }
}
// #endregion tangled

// #region prorated
/** The part of a monthly price for the days from `joined` to the end of its month, in whole cents. */
export function prorated(monthly: number, joined: Date, today: Date): number {
  const year = joined.getUTCFullYear();
  const month = joined.getUTCMonth();
  if (today.getUTCFullYear() !== year || today.getUTCMonth() !== month) return monthly;
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Math.round((monthly * (days - joined.getUTCDate() + 1)) / days);
}
// #endregion prorated
