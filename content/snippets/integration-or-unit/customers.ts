import type pg from 'pg';

export type Customer = { id: number; plan: string | null };
export type Customers = { billable(): Promise<Customer[]> };

// #region store
export class CustomerStore implements Customers {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Everybody except who is still trying it out. */
  async billable(): Promise<Customer[]> {
    const { rows } = await this.#pool.query("select id, plan from customers where plan <> 'trial' order by id");
    return rows;
  }
}
// #endregion store

// #region fake
export class FakeCustomerStore implements Customers {
  readonly #customers: Customer[];

  constructor(customers: Customer[]) {
    this.#customers = customers;
  }

  async billable(): Promise<Customer[]> {
    return this.#customers.filter(({ plan }) => plan !== 'trial');
  }
}
// #endregion fake

export class MendedCustomerStore implements Customers {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async billable(): Promise<Customer[]> {
    // #region mended
    const { rows } = await this.#pool.query(
      "select id, plan from customers where plan is distinct from 'trial' order by id",
    );
    // #endregion mended
    return rows;
  }
}
