import type pg from 'pg';

// #region port
/** What the application needs to know of its storage. */
export interface Tags {
  add(tag: string): Promise<'added' | 'taken'>;
  startingWith(text: string): Promise<string[]>;
}
// #endregion port

// #region adapters
export class PostgresTags implements Tags {
  readonly #pool: pg.Pool;
  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }
  async add(tag: string): Promise<'added' | 'taken'> {
    const { rowCount } = await this.#pool.query('insert into tags values ($1) on conflict do nothing', [tag]);
    return rowCount === 1 ? 'added' : 'taken';
  }
  async startingWith(text: string): Promise<string[]> {
    const { rows } = await this.#pool.query('select tag from tags where starts_with(tag, $1) order by tag', [text]);
    return rows.map(({ tag }) => tag);
  }
}

export class MemoryTags implements Tags {
  readonly #tags = new Set<string>();
  async add(tag: string): Promise<'added' | 'taken'> {
    if (this.#tags.has(tag)) return 'taken';
    this.#tags.add(tag);
    return 'added';
  }
  async startingWith(text: string): Promise<string[]> {
    const found = [...this.#tags].filter((tag) => tag.startsWith(text));
    return found.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  }
}
// #endregion adapters
