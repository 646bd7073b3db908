import type pg from 'pg';

export type Session = { user: string; expiresAt: Date };

/** What the login needs of a cache. */
export type Cache = {
  get(key: string): Promise<Session | undefined>;
  set(key: string, session: Session): Promise<void>;
};

// #region current
/** The user of a session that is still valid. Sessions are loaded once and then come out of the cache. */
export async function currentUser(cache: Cache, load: (key: string) => Promise<Session>, key: string, now: Date) {
  let session = await cache.get(key);
  if (!session) {
    session = await load(key);
    await cache.set(key, session);
  }
  return session.expiresAt.getTime() > now.getTime() ? session.user : null;
}
// #endregion current

// #region cache
/** Keeps sessions as JSON, in a table that is not written to the log. */
export class TableCache implements Cache {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async get(key: string): Promise<Session | undefined> {
    const { rows } = await this.#pool.query('select value from cache where key = $1', [key]);
    return rows[0]?.value;
  }

  async set(key: string, session: Session): Promise<void> {
    await this.#pool.query('insert into cache values ($1, $2) on conflict (key) do update set value = excluded.value', [
      key,
      session,
    ]);
  }
}
// #endregion cache

export class MendedTableCache extends TableCache {
  // #region mended
  override async get(key: string): Promise<Session | undefined> {
    const kept = await super.get(key);
    return kept && { user: kept.user, expiresAt: new Date(kept.expiresAt) };
  }
  // #endregion mended
}
