import { expect, it } from 'vitest';
import { currentUser, type Session } from './sessions';

// #region map
it('knows the user at the first request and at the second', async () => {
  const kept = new Map<string, Session>();
  const cache = {
    get: async (key: string) => kept.get(key),
    set: async (key: string, session: Session) => void kept.set(key, session),
  };
  const load = async () => ({ user: 'ada', expiresAt: new Date('2026-06-02') });
  const now = new Date('2026-06-01');

  expect(await currentUser(cache, load, 's1', now)).toBe('ada');
  expect(await currentUser(cache, load, 's1', now)).toBe('ada');
});
// #endregion map
