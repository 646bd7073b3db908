import { randomUUID } from 'node:crypto';
import type pg from 'pg';

// #region customer
export type Customer = { id: number; email: string; name: string };

export async function aCustomer(pool: pg.Pool, given: Partial<Omit<Customer, 'id'>> = {}): Promise<Customer> {
  const { email = `${randomUUID()}@example.com`, name = 'Some Customer' } = given;
  return insert(pool, 'customers', { email, name });
}
// #endregion customer

// #region subscription
export type Subscription = {
  id: number;
  customer_id: number;
  plan: 'basic' | 'plus';
  currency: string;
  price: number;
  renews_on: string;
  paused_on: string | null;
};

type Given = Partial<Omit<Subscription, 'id' | 'customer_id'>> & { customer?: Customer };

export async function aSubscription(pool: pg.Pool, given: Given = {}): Promise<Subscription> {
  const { customer = await aCustomer(pool), ...columns } = given;
  const { plan = 'basic', currency = 'CHF', price = 1234, renews_on = '2030-01-31', paused_on = null } = columns;
  return insert(pool, 'subscriptions', { customer_id: customer.id, plan, currency, price, renews_on, paused_on });
}
// #endregion subscription

// #region insert
/** Names of tables and columns come from this file and never from outside, or this would be an injection. */
async function insert<T>(pool: pg.Pool, table: string, row: Record<string, unknown>): Promise<T> {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  const { rows } = await pool.query(
    `insert into ${table} (${columns.join(', ')}) values (${places.join(', ')}) returning *`,
    Object.values(row),
  );
  return rows[0];
}
// #endregion insert

// #region spread
/** The same customer, written with a spread. */
export async function aSpreadCustomer(pool: pg.Pool, given: Partial<Omit<Customer, 'id'>> = {}): Promise<Customer> {
  return insert(pool, 'customers', { email: `${randomUUID()}@example.com`, name: 'Some Customer', ...given });
}
// #endregion spread
