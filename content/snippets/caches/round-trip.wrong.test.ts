import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, type Redis } from './connect';
import { NaiveSessions } from './naive-sessions';
import { aSession } from './session';

let redis: Redis;
beforeAll(async () => {
  redis = await connect();
});
afterAll(() => redis?.close());

// #region round-trip
it('gives back what was put in', async () => {
  const sessions = new NaiveSessions(redis);
  const session = aSession({ roles: new Set(['editor']) });

  await sessions.put(session);

  expect(await sessions.get(session.id)).toEqual(session); // openedAt is a string, and roles is {}
});
// #endregion round-trip
