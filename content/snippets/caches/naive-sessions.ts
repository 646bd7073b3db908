import type { Session } from './session';

/** What the code needs of a cache. A Map has it as well. */
export type Store = {
  set(key: string, value: string): unknown;
  get(key: string): Promise<string | null> | string | null | undefined;
};

// #region naive
export class NaiveSessions {
  readonly #store: Store;
  constructor(store: Store) {
    this.#store = store;
  }

  async put(session: Session): Promise<void> {
    await this.#store.set(`session:${session.id}`, JSON.stringify(session));
  }

  async get(id: string): Promise<Session | null> {
    const text = await this.#store.get(`session:${id}`);
    return text ? (JSON.parse(text) as Session) : null;
  }
}
// #endregion naive
