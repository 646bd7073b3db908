import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { exerciseSchema, problemSchema, readinessSchema } from './protocol.ts';
import { lockQueue } from './store/waiting.ts';
import { TestApps } from './test/web/test-apps.ts';
import { openTestPool } from './test/web/test-pool.ts';
import { submissionOf } from './test/web/test-server.ts';

let apps: TestApps;
beforeAll(async () => {
  apps = await TestApps.start();
});
afterAll(() => apps[Symbol.asyncDispose]());

describe('the contract under /api/docs', () => {
  it('is OpenAPI 3.1 and names every endpoint of the API, with its problems', async () => {
    await using app = await apps.open();
    const document = (await app.inject('/api/docs/json')).json();
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(Object.keys(document.paths).sort()).toEqual([
      '/api/exercises',
      '/api/exercises/{slug}',
      '/api/exercises/{slug}/runs',
      '/api/progress',
      '/api/runs',
      '/api/runs/{id}',
      '/api/runs/{id}/cancel',
      '/api/runs/{id}/events',
      '/api/runs/{id}/files',
      '/healthz',
      '/readyz',
    ]);
    const submit = document.paths['/api/runs'].post;
    expect(Object.keys(submit.responses).sort()).toEqual(['202', '400', '403', '404', '413', '415', '422', '429']);
    expect(submit.responses[422].content).toHaveProperty(['application/problem+json']);
    expect(submit.requestBody.content['application/json'].schema.properties).toHaveProperty('exercise');
  });

  it('is also a page, which loads nothing from elsewhere', async () => {
    await using app = await apps.open();
    const page = await app.inject('/api/docs');
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/(src|href)="https?:/);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  });
});

describe('exercises', () => {
  it('are listed, and shown with the starter to edit and one implementation to read', async () => {
    await using app = await apps.open();
    const list = (await app.inject('/api/exercises')).json();
    expect(list.map(({ slug }: { slug: string }) => slug)).toContain('user-repository');
    const exercise = exerciseSchema.parse((await app.inject('/api/exercises/user-repository')).json());
    const files = exercise.files.typescript ?? [];
    expect(files.filter(({ editable }) => editable).map(({ path }) => path)).toEqual(['user-repository.test.ts']);
    expect(files.some(({ editable, path }) => !editable && path === 'user-repository.ts')).toBe(true);
  });

  it('give neither the solution nor the planted bugs away', async () => {
    await using app = await apps.open();
    const body = (await app.inject('/api/exercises/user-repository')).body;
    const exercise = apps.exercises.find(({ slug }) => slug === 'user-repository');
    const { mutants, solution } = exercise?.languages.typescript ?? { mutants: [], solution: {} };
    for (const secret of [...Object.values(solution), ...mutants.flatMap(({ changed }) => Object.values(changed))]) {
      expect(body).not.toContain(JSON.stringify(secret).slice(1, -1));
    }
  });

  it('that do not exist are 404', async () => {
    await using app = await apps.open();
    const response = await app.inject('/api/exercises/nope');
    expect(response.statusCode).toBe(404);
    expect(problemSchema.parse(response.json()).code).toBe('exercise-not-found');
  });
});

describe('progress', () => {
  it('is the learner’s of the cookie: the newest of each entry is kept, and all of it forgotten on demand', async () => {
    await using app = await apps.open();
    const entry = (value: string | null, at: string) => ({ key: 'read:first-container', value, at });
    const post = (entries: object[], cookie = '') =>
      app.inject({ method: 'POST', url: '/api/progress', headers: { cookie }, payload: { entries } });
    const morning = '2026-01-01T08:00:00.000Z';
    const noon = '2026-01-01T12:00:00.000Z';

    const first = await post([entry('noon', noon)]);
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
    expect(first.json()).toEqual({ entries: [entry('noon', noon)] });
    const second = await post([entry('morning', morning)], cookie);
    expect(second.json()).toEqual({ entries: [entry('noon', noon)] });
    // For another year.
    expect(String(second.headers['set-cookie'])).toContain(`${cookie}; Max-Age=31536000;`);
    expect((await post([entry('twice', morning), entry(null, '2026-01-01T13:00:00.000Z')], cookie)).json()).toEqual({
      entries: [entry(null, '2026-01-01T13:00:00.000Z')],
    });
    const ahead = (await post([entry('from a clock that is ahead', '2999-01-01T00:00:00.000Z')], cookie)).json();
    expect(Date.parse(ahead.entries[0].at)).toBeLessThanOrEqual(Date.now() + 60_000);

    const get = (headers: Record<string, string>) => app.inject({ url: '/api/progress', headers });
    expect((await get({})).json()).toEqual({ entries: [] });
    expect((await get({})).headers['set-cookie']).toBeUndefined();
    expect((await get({ cookie: cookie.replace(/.$/, 'x') })).json()).toEqual({ entries: [] });
    expect((await get({ cookie })).json().entries).toHaveLength(1);
    expect((await post([{ key: 'token:x', value: 'y', at: noon }], cookie)).statusCode).toBe(422);
    expect((await app.inject({ method: 'DELETE', url: '/api/progress', headers: { cookie } })).statusCode).toBe(204);
    expect((await get({ cookie })).json()).toEqual({ entries: [] });
  });

  it('of one learner is bounded: beyond two thousand entries the oldest go', async () => {
    await using app = await apps.open();
    const entries = (from: number, year: number) =>
      Array.from({ length: 1_500 }, (_, index) => ({
        key: `read:lesson-${from + index}`,
        value: 'x',
        at: `${year}-01-01T00:00:00.000Z`,
      }));
    const first = await app.inject({ method: 'POST', url: '/api/progress', payload: { entries: entries(0, 2024) } });
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
    const payload = { entries: entries(1_500, 2025) };
    const second = await app.inject({ method: 'POST', url: '/api/progress', headers: { cookie }, payload });
    const kept = second.json().entries as { at: string }[];
    expect(kept).toHaveLength(2_000);
    expect(kept.filter(({ at }) => at.startsWith('2025'))).toHaveLength(1_500);
  });
});

describe('a store that is too busy', () => {
  it('is told of as one that does not answer, and not as a fault of the runner', async () => {
    const busy = openTestPool({ ...apps.connection, max: 1, connectionTimeoutMillis: 50 });
    const held = await busy.connect();
    try {
      await using app = await apps.open({}, { pool: busy });
      const response = await app.inject({ method: 'POST', url: '/api/runs', payload: submissionOf('pass') });
      expect(problemSchema.parse(response.json())).toMatchObject({ code: 'store-unavailable', status: 503 });
    } finally {
      held.release();
      await busy.end();
    }
  });
});

describe('many submissions at once', () => {
  it('wait in a line of their own, and keep nobody else from the store', async () => {
    const few = openTestPool({ ...apps.connection, max: 8, connectionTimeoutMillis: 5_000 });
    const blocker = await apps.pool.connect();
    try {
      await blocker.query('begin');
      await lockQueue(blocker);
      await using app = await apps.open({}, { pool: few });
      const submit = () => app.inject({ method: 'POST', url: '/api/runs', payload: submissionOf('pass') });
      const submissions = Array.from({ length: 12 }, submit);
      const held = `select from pg_locks where locktype = 'advisory' and not granted`;
      await vi.waitUntil(async () => (await apps.pool.query(held)).rowCount === 6, { timeout: 20_000 });
      expect((await app.inject(`/api/runs/${randomUUID()}`)).statusCode).toBe(404);
      await blocker.query('commit');
      const answers = await Promise.all(submissions);
      expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(12).fill(202));
    } finally {
      await blocker.query('rollback');
      blocker.release();
      await few.end();
    }
  });
});

describe('health', () => {
  it('is ready when store and grader are, and says what is missing otherwise', async () => {
    await using app = await apps.open();
    expect((await app.inject('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await app.inject('/readyz')).json()).toEqual({ ready: true, containment: 'rlimits', notices: [] });
    apps.graderReady = apps.storeReachable = false;
    const response = await app.inject('/readyz');
    apps.graderReady = apps.storeReachable = true;
    expect(response.statusCode).toBe(503);
    expect(readinessSchema.parse(response.json())).toMatchObject({ ready: false });
    expect(response.json().notices.join()).toMatch(/No sandbox.*database/);
  });
});

describe('headers', () => {
  it('forbid browsers what the site does not need, and speak of https where people see it', async () => {
    await using app = await apps.open();
    const { headers } = await app.inject('/api/nowhere');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'content-security-policy': expect.stringContaining("object-src 'none'"),
    });
    expect(headers).not.toHaveProperty('strict-transport-security');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    await using secure = await apps.open({ PUBLIC_ORIGIN: 'https://learn.example.org' });
    expect((await secure.inject('/healthz')).headers['strict-transport-security']).toContain('max-age=31536000');
  });
});
