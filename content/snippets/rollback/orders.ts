import type pg from 'pg';

// #region orders
/** What can run a statement: a pool, a client, or a client in a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

export class Orders {
  readonly #db: Queryable;

  constructor(db: Queryable) {
    this.#db = db;
  }

  async place(customer: string, cents: number): Promise<number> {
    const { rows } = await this.#db.query('insert into orders (customer, cents) values ($1, $2) returning id', [
      customer,
      cents,
    ]);
    return rows[0].id;
  }

  async revenue(): Promise<number> {
    const { rows } = await this.#db.query('select coalesce(sum(cents), 0)::int as cents from orders');
    return rows[0].cents;
  }
}
// #endregion orders

// #region ship
/** Places an order and its shipment: both, or neither. */
export async function placeAndShip(db: Queryable, customer: string, cents: number): Promise<number> {
  await db.query('begin');
  try {
    const order = await new Orders(db).place(customer, cents);
    await db.query('insert into shipments (order_id) values ($1)', [order]);
    await db.query('commit');
    return order;
  } catch (error) {
    await db.query('rollback');
    throw error;
  }
}
// #endregion ship
