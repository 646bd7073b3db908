import type pg from 'pg';

/** Written when the column was called full_name. The schema has moved on; see migrations.ts. */
export class StaleRepository {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  // #region create
  async create({ email, name }: { email: string; name: string }) {
    const { rows } = await this.#pool.query(
      `insert into users (email, full_name) values ($1, $2)
       returning id, email, full_name as name`,
      [email, name],
    );
    return rows[0];
  }
  // #endregion create
}
