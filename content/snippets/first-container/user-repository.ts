import type pg from 'pg';

export type User = { id: string; email: string; name: string };

export class UserRepository {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Rejects with code 23505 when the e-mail address is taken. */
  async create({ email, name }: { email: string; name: string }): Promise<User> {
    const { rows } = await this.#pool.query<User>(
      'insert into users (email, name) values ($1, $2) returning id, email, name',
      [email, name],
    );
    return rows[0] as User;
  }

  /** Resolves to null when no user has this id. */
  async findById(id: string): Promise<User | null> {
    const { rows } = await this.#pool.query<User>('select id, email, name from users where id = $1', [id]);
    return rows[0] ?? null;
  }
}
