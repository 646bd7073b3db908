import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

export type Order = { number: string; customer: string; cents: number };
export type Status = 'placed' | 'confirmed' | 'cancelled';

/** What the worker takes for one order. */
const workMs = 5;

/** Takes orders, and confirms them in the background. */
export class Shop {
  readonly #pool: pg.Pool;
  readonly #working = new Set<Promise<void>>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Stores an order and leaves it to the worker. Rejects with SQLSTATE 23505 where its number is taken. */
  async place({ number, customer, cents }: Order): Promise<void> {
    await this.#pool.query('insert into orders (number, customer, cents) values ($1, $2, $3)', [
      number,
      customer,
      cents,
    ]);
    const work = this.#confirm(number).finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  async #confirm(number: string): Promise<void> {
    await delay(workMs);
    await this.#pool.query("update orders set status = 'confirmed' where number = $1 and status = 'placed'", [number]);
  }

  /** Null where there is no such order. */
  async statusOf(number: string): Promise<Status | null> {
    const { rows } = await this.#pool.query<{ status: Status }>('select status from orders where number = $1', [
      number,
    ]);
    return rows[0]?.status ?? null;
  }

  /** Cancels an order, confirmed or not; false where there is none, or it was cancelled before. */
  async cancel(number: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      "update orders set status = 'cancelled' where number = $1 and status <> 'cancelled'",
      [number],
    );
    return rowCount === 1;
  }

  /** Cents of all of a customer’s orders that are not cancelled. */
  async spentBy(customer: string): Promise<number> {
    const { rows } = await this.#pool.query<{ spent: number }>(
      "select coalesce(sum(cents), 0)::int as spent from orders where customer = $1 and status <> 'cancelled'",
      [customer],
    );
    return rows[0]?.spent ?? 0;
  }

  /** Waits until the worker has nothing left to do. */
  async close(): Promise<void> {
    await Promise.all(this.#working);
  }
}
