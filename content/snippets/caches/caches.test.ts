import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { connect, type Redis } from './connect';
import { collidingKey, priceOf, safeKey } from './price-cache';
import { aSession } from './session';
import { countAttempt, countAttemptForEver, Sessions } from './sessions';

// #region setup
let redis: Redis;
const prefix = randomUUID(); // whoever else uses this server has other keys

beforeAll(async () => {
  redis = await connect();
});

afterAll(async () => {
  await redis?.close();
});
// #endregion setup

// #region round-trip
it('gives back what was put in', async () => {
  const sessions = new Sessions(redis, { prefix });
  const session = aSession({ roles: new Set(['editor', 'admin']) });

  await sessions.put(session);

  expect(await sessions.get(session.id)).toEqual(session);
});

it('finds nothing under an id that nobody has', async () => {
  expect(await new Sessions(redis, { prefix }).get(randomUUID())).toBeNull();
});

it('takes what an older version has written for absent', async () => {
  const sessions = new Sessions(redis, { prefix });
  await redis.set(sessions.key('old'), JSON.stringify({ user: 'ada', roles: {} }));

  expect(await sessions.get('old')).toBeNull();
});
// #endregion round-trip

// #region ttl
it('keeps a session for half an hour, and from its last use', async () => {
  const sessions = new Sessions(redis, { prefix, ttlSeconds: 1800 });
  const session = aSession();
  await sessions.put(session);
  await redis.expire(sessions.key(session.id), 5); // as if it were nearly over

  await sessions.put(session);

  const left = await redis.ttl(sessions.key(session.id));
  expect(left).toBeGreaterThan(5);
  expect(left).toBeLessThanOrEqual(1800);
});
// #endregion ttl

// #region expired
it('does not find a session whose time is over', async () => {
  const sessions = new Sessions(redis, { prefix });
  const session = aSession();
  await sessions.put(session);

  await redis.pExpireAt(sessions.key(session.id), 1); // one millisecond after the beginning of 1970

  expect(await sessions.get(session.id)).toBeNull();
});
// #endregion expired

// #region lost-ttl
it('forgets attempts ten minutes after the first', async () => {
  const key = `${prefix}:attempts`;
  await countAttempt(redis, key);
  await redis.expire(key, 5); // as if nearly ten minutes had passed

  expect(await countAttempt(redis, key)).toBe(2);
  expect(await redis.ttl(key)).toBeGreaterThan(0);
  expect(await redis.ttl(key)).toBeLessThanOrEqual(5);
});

it('never forgets when the key is simply set again', async () => {
  const key = `${prefix}:attempts-for-ever`;
  await countAttemptForEver(redis, key);
  await countAttemptForEver(redis, key);

  expect(await redis.ttl(key)).toBe(-1); // no expiry
});
// #endregion lost-ttl

// #region collision
it('keeps two customers’ searches apart', async () => {
  expect(collidingKey('acme:eu', 'shoes')).toBe(collidingKey('acme', 'eu:shoes'));
  expect(safeKey('acme:eu', 'shoes')).not.toBe(safeKey('acme', 'eu:shoes'));
});
// #endregion collision

// #region loaded-once
it('asks the database once, also for a product that does not exist', async () => {
  const load = vi.fn(async () => null);

  await priceOf(redis, `${prefix}-unknown`, load);
  const again = await priceOf(redis, `${prefix}-unknown`, load);

  expect(again).toBeNull();
  expect(load).toHaveBeenCalledTimes(1);
});
// #endregion loaded-once

// #region away
it('goes on without Redis, and does not wait for it', { timeout: 5000 }, async () => {
  const away = createClient({
    url: 'redis://127.0.0.1:1',
    disableOfflineQueue: true, // a command fails at once instead of waiting for the connection
  });
  onTestFinished(() => away.destroy());
  const refused = new Promise((resolve) => away.on('error', resolve));
  away.connect().catch(() => {}); // not awaited: it tries again and again, as in production
  await refused;

  await expect(away.get('price:shoes')).rejects.toThrow('offline');
  expect(await priceOf(away as Redis, 'shoes', async () => 7900)).toBe(7900);
});
// #endregion away
