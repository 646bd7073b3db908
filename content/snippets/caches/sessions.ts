import type { Redis } from './connect';
import type { Session } from './session';

type Options = { prefix?: string; ttlSeconds?: number };

// #region sessions
export class Sessions {
  readonly #redis: Redis;
  readonly #prefix: string;
  readonly #ttl: number;

  constructor(redis: Redis, { prefix = 'shop', ttlSeconds = 1800 }: Options = {}) {
    this.#redis = redis;
    this.#prefix = prefix;
    this.#ttl = ttlSeconds;
  }

  async put({ id, user, roles, openedAt }: Session): Promise<void> {
    const text = JSON.stringify({ version: 1, user, roles: [...roles], openedAt: openedAt.toISOString() });
    await this.#redis.set(this.key(id), text, { expiration: { type: 'EX', value: this.#ttl } });
  }

  async get(id: string): Promise<Session | null> {
    const text = await this.#redis.get(this.key(id));
    const stored = text === null ? null : JSON.parse(text);
    if (stored?.version !== 1) return null; // absent, or written by another version of this code
    return { id, user: stored.user, roles: new Set(stored.roles), openedAt: new Date(stored.openedAt) };
  }

  /** Each part is encoded, so that no part can reach into the next one. */
  key(id: string): string {
    return [this.#prefix, 'session', id].map(encodeURIComponent).join(':');
  }
}
// #endregion sessions

// #region counter
/** Attempts to log in, forgotten ten minutes after the first. */
export async function countAttempt(redis: Redis, key: string): Promise<number> {
  const [attempts] = await redis.multi().incr(key).expire(key, 600, 'NX').execTyped();
  return attempts;
}

export async function countAttemptForEver(redis: Redis, key: string): Promise<number> {
  const attempts = Number((await redis.get(key)) ?? 0) + 1;
  if (attempts === 1) await redis.set(key, '1', { expiration: { type: 'EX', value: 600 } });
  else await redis.set(key, `${attempts}`);
  return attempts;
}
// #endregion counter
