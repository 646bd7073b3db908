import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

export type Order = { number: string; customer: string; cents: number };
export type Status = 'placed' | 'confirmed' | 'cancelled';

/** Takes orders. One worker goes through those that wait, and rests when none does. */
export class Shop {
  readonly #pool: pg.Pool;
  #worker: Promise<void> | undefined;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Stores an order and wakes the worker. Rejects with SQLSTATE 23505 where its number is taken. */
  async place({ number, customer, cents }: Order): Promise<void> {
    await this.#pool.query('insert into orders (number, customer, cents) values ($1, $2, $3)', [
      number,
      customer,
      cents,
    ]);
    this.#wake();
  }

  #wake(): void {
    this.#worker ??= this.#work().then((again) => {
      this.#worker = undefined;
      if (again) this.#wake();
    });
  }

  /** Confirms what waits; true while there may be more. */
  async #work(): Promise<boolean> {
    await delay(3);
    const { rowCount } = await this.#pool.query(
      `update orders set status = 'confirmed' where status <> 'confirmed' and number in
         (select number from orders where status <> 'confirmed' order by placed_at limit 20 for update skip locked)`,
    );
    return (rowCount ?? 0) > 0;
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
    const { rows } = await this.#pool.query(
      "update orders set status = 'cancelled' where number = $1 and status in ('placed', 'confirmed') returning number",
      [number],
    );
    return rows.length > 0;
  }

  /** Cents of all of a customer’s orders that are not cancelled. */
  async spentBy(customer: string): Promise<number> {
    const { rows } = await this.#pool.query<{ cents: number }>(
      "select cents from orders where customer = $1 and status in ('placed', 'confirmed')",
      [customer],
    );
    return rows.reduce((sum, { cents }) => sum + cents, 0);
  }

  /** Waits until the worker rests. */
  async close(): Promise<void> {
    while (this.#worker) await this.#worker;
  }
}
