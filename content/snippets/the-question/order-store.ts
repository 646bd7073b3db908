import type pg from 'pg';

/** What the checkout needs to know of orders. */
export type Orders = { subtotal(order: number): Promise<number> };

// #region store
export class OrderStore implements Orders {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async subtotal(order: number): Promise<number> {
    const { rows } = await this.#pool.query<{ subtotal: number }>(
      'select coalesce(sum(price * quantity), 0) as subtotal from order_lines where order_id = $1',
      [order],
    );
    return rows[0]?.subtotal ?? 0;
  }
}
// #endregion store

export class MendedOrderStore implements Orders {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  // #region mended
  async subtotal(order: number): Promise<number> {
    const { rows } = await this.#pool.query<{ subtotal: string }>(
      'select coalesce(sum(price * quantity), 0) as subtotal from order_lines where order_id = $1',
      [order],
    );
    // numeric arrives as text, because a JavaScript number could not hold all of its digits. These sums fit.
    return Number(rows[0]?.subtotal);
  }
  // #endregion mended
}
