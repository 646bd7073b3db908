import { expect, it } from 'vitest';
import { aSession, type Session } from './session';

// #region fake
/** A cache for tests: the same two methods, without the server. */
class FakeSessions {
  readonly #sessions = new Map<string, Session>();
  async put(session: Session): Promise<void> {
    this.#sessions.set(session.id, session);
  }
  async get(id: string): Promise<Session | null> {
    return this.#sessions.get(id) ?? null;
  }
}

it('knows since when a session is open, and who may edit', async () => {
  const sessions = new FakeSessions();
  const session = aSession({ roles: new Set(['editor']) });

  await sessions.put(session);

  const found = await sessions.get(session.id);
  expect(found?.openedAt.getFullYear()).toBe(2026);
  expect(found?.roles.has('editor')).toBe(true);
});
// #endregion fake
