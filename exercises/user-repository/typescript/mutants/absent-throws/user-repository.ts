import type pg from 'pg';

export type User = { id: string; email: string; name: string };

export class UserRepository {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Rejects with code 23505 when the e-mail address is taken. */
  async create({ email, name }: { email: string; name: string }): Promise<User> {
    const { rows } = await this.#pool.query<{ id: string }>(
      'insert into users (email, name) values ($1, $2) returning id',
      [email, name],
    );
    const [row] = rows;
    if (!row) throw new Error('INSERT … RETURNING gave no row. A trigger or a rule on “users” may have dropped it.');
    return { id: row.id, email, name };
  }

  /** Resolves to null when no user has this id. */
  async findById(id: string): Promise<User | null> {
    const { rows } = await this.#pool.query<User>('select id, email, name from users where id = $1', [id]);
    const { email, name } = rows[0] as User;
    return { id, email, name };
  }
}
