import type pg from 'pg';

type Row = Record<string, unknown> & { id?: number };

/** What every object-relational mapper can do, in twenty lines. Names come from the program, never from outside. */
export class Mapper<T extends Row> {
  readonly #pool: pg.Pool;
  readonly #table: string;

  constructor(pool: pg.Pool, table: string) {
    this.#pool = pool;
    this.#table = table;
  }

  async save(row: T): Promise<T & { id: number }> {
    const columns = Object.keys(row);
    const places = columns.map((_, index) => `$${index + 1}`).join(', ');
    const { rows } = await this.#pool.query(
      `insert into ${this.#table} (${columns.join(', ')}) values (${places}) returning *`,
      Object.values(row),
    );
    return rows[0];
  }

  async find(id: number): Promise<(T & { id: number }) | null> {
    const { rows } = await this.#pool.query(`select * from ${this.#table} where id = $1`, [id]);
    return rows[0] ?? null;
  }

  async delete(id: number): Promise<void> {
    await this.#pool.query(`delete from ${this.#table} where id = $1`, [id]);
  }
}
