import { randomUUID } from 'node:crypto';
import pg from 'pg';

export type User = { id: string; email: string; name: string };

/** Another user has this e-mail address. `code` is PostgreSQL’s, so that callers need not know this class. */
export class EmailTakenError extends Error {
  readonly code = '23505';

  constructor(cause: Error) {
    super('Duplicate key: “email” is unique, and another user has this address. Sign in or use another one.', {
      cause,
    });
    this.name = 'EmailTakenError';
  }
}

export class UserRepository {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Rejects with {@link EmailTakenError} when the e-mail address is taken. */
  async create({ email, name }: { email: string; name: string }): Promise<User> {
    const id = randomUUID();
    try {
      await this.#pool.query('insert into users (id, email, name) values ($1, $2, $3)', [id, email, name]);
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === '23505') throw new EmailTakenError(error);
      throw error;
    }
    const user = await this.findById(id);
    if (!user) throw new Error(`User ${id} is gone right after it was stored. Another writer may have deleted it.`);
    return user;
  }

  /** Resolves to null when no user has this id. */
  async findById(id: string): Promise<User | null> {
    const { rows } = await this.#pool.query<User>('select * from users where id = $1', [id]);
    const [row] = rows;
    return row ? { id: row.id, email: row.email, name: row.name } : null;
  }
}
