import type { Db } from './db';

export async function placeOrder(db: Db, customer: string, cents: number): Promise<number> {
  const { rows } = await db.query<{ id: number }>('insert into orders (customer, cents) values ($1, $2) returning id', [
    customer,
    cents,
  ]);
  return rows[0]?.id ?? 0;
}

export async function revenue(db: Db): Promise<number> {
  const { rows } = await db.query<{ cents: number }>('select coalesce(sum(cents), 0)::int as cents from orders');
  return rows[0]?.cents ?? 0;
}

/** Places all of these, or none of them. Amounts below zero are refused by the table. */
export async function placeTogether(db: Db, customer: string, amounts: number[]): Promise<void> {
  await db.transaction(async (tx) => {
    for (const cents of amounts) await placeOrder(tx, customer, cents);
  });
}
