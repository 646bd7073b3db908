/** What strangers send as progress. What an honest browser sends is tested beside the app. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { problemSchema, progressSchema } from '../../protocol.ts';
import { Learner, startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const url = '/api/progress';
const entry = (more: object = {}) => ({ key: 'read:first-container', value: 'x', at: '2026-01-01T08:00:00Z', ...more });

async function kept(cookie: string | undefined) {
  const response = await fetch(server.address + url, { headers: { cookie: cookie ?? '' } });
  return progressSchema.parse(await response.json()).entries;
}

it.each([
  ['a key that every object has', entry({ key: '__proto__' })],
  ['a key of another kind', entry({ key: 'cookie:secret' })],
  ['a key with a line break', entry({ key: 'read:x\n' })],
  ['a value with a NUL', entry({ value: 'a\0b' })],
  ['a value that is too long', entry({ value: 'x'.repeat(4_097) })],
  ['the year 0', entry({ at: '0000-01-01T00:00:00Z' })],
  ['a fraction without end', entry({ at: `2026-01-01T00:00:00.${'1'.repeat(5_000)}Z` })],
  ['a day that is none', entry({ at: '2026-02-30T00:00:00Z' })],
  ['a time beyond all clocks', entry({ at: '+275760-09-13T00:00:00Z' })],
])('%s is refused, and nothing is kept', async (_what, wrong) => {
  const learner = new Learner(server.address);
  const response = await learner.post(url, { entries: [entry({ key: 'read:other' }), wrong] });
  expect(response.status).toBe(422);
  expect(problemSchema.parse(await response.json()).errors?.[0]?.path).toMatch(/^entries\/1\//);
  expect(await kept(learner.cookie)).toEqual([]);
});

it('the oldest year that there is, half of a letter, and bytes that are no UTF-8 are kept as text, not stumbled over', async () => {
  const learner = new Learner(server.address);
  const odd = [
    { entries: [entry({ key: 'read:old', at: '0001-01-01T00:00:00Z' })] },
    { entries: [entry({ key: 'read:half', value: 'a\ud800b' })] },
  ];
  for (const body of odd) expect((await learner.post(url, body)).status).toBe(200);
  const values = (await kept(learner.cookie)).map(({ key, value }) => [key, value]);
  expect(values).toEqual([
    ['read:half', 'a\uFFFDb'],
    ['read:old', 'x'],
  ]);
});

it('another site can neither write into a visitor’s progress nor have it forgotten, whatever it rides on', async () => {
  const learner = new Learner(server.address);
  await learner.post(url, { entries: [entry()] });
  const before = await kept(learner.cookie);
  const headers = { cookie: learner.cookie ?? '', 'content-type': 'application/json' };
  const foreign = [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }];
  for (const from of foreign) {
    for (const method of ['POST', 'DELETE']) {
      const body = method === 'POST' ? JSON.stringify({ entries: [entry({ value: 'theirs' })] }) : '{}';
      const response = await fetch(server.address + url, { method, headers: { ...headers, ...from }, body });
      expect(response.status).toBe(403);
    }
  }
  // What a form could send without being asked first.
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    const response = await learner.post(url, '{"entries":[]}', { 'content-type': type });
    expect(response.status).toBe(415);
  }
  expect(await kept(learner.cookie)).toEqual(before);
});

it('a body that names another learner, or reaches for a prototype, changes nobody but its sender', async () => {
  const victim = new Learner(server.address);
  await victim.post(url, { entries: [entry({ value: 'mine' })] });
  const before = await kept(victim.cookie);
  const id = decodeURIComponent(victim.cookie ?? '').match(/[0-9a-f-]{36}/)?.[0];
  const thief = new Learner(server.address);
  const named = { learnerId: id, learner_id: id };
  expect((await thief.post(url, { ...named, entries: [{ ...entry(), ...named }] })).status).toBe(200);
  expect((await thief.post(url, '{"entries":[{"__proto__":{"key":"read:x"}}]}')).status).toBe(400);
  thief.cookie = `boundary_learner=${id}`;
  expect(await kept(thief.cookie)).toEqual([]);
  expect(await kept(victim.cookie)).toEqual(before);
});
