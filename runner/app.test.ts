import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadExercises } from '../exercises/format.ts';
import { buildApp } from './app.ts';
import { parseConfig } from './config.ts';
import { ServiceError } from './errors.ts';
import { exerciseSchema, problemSchema, readinessSchema } from './protocol.ts';
import { OpenStreams } from './routes/open-streams.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './store/embedded.ts';
import { migrate } from './store/migrate.ts';
import { queueState } from './store/overview.ts';
import { listenForSignals, type Signals } from './store/signals.ts';
import { temporaryFolder } from './test/web/temporary-folder.ts';
import { openTestPool } from './test/web/test-pool.ts';
import { submissionOf } from './test/web/test-server.ts';
import { createMetrics } from './watch/metrics.ts';

const folder = temporaryFolder();
const siteRoot = join(folder.path, 'site');
const log = pino({ level: 'silent' });
let server: EmbeddedPostgres;
let pool: pg.Pool;
let signals: Signals;
let reachable = true;
let graderReady = true;
let streams: OpenStreams;
const load = { sandboxes: () => 0, spares: () => ({ sandbox: 3 }) };

beforeAll(async () => {
  mkdirSync(join(siteRoot, '_astro'), { recursive: true });
  mkdirSync(join(siteRoot, 'lessons'), { recursive: true });
  writeFileSync(join(siteRoot, 'index.html'), '<h1>home</h1>');
  writeFileSync(join(siteRoot, '404.html'), '<h1>lost</h1>');
  writeFileSync(join(siteRoot, 'lessons', 'index.html'), '<h1>lessons</h1>');
  writeFileSync(join(siteRoot, '_astro', 'a.DEADBEEF.js'), 'void 0');
  writeFileSync(join(siteRoot, '_astro', 'a.DEADBEEF.js.br'), brotliCompressSync('void 0'));
  server = await startEmbeddedPostgres(folder.path);
  pool = openTestPool(server.connection);
  await migrate(pool);
  signals = await listenForSignals(server.connection, log);
});
afterAll(async () => {
  await signals[Symbol.asyncDispose]();
  await pool.end();
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function appWith(env: Record<string, string> = {}, site = siteRoot) {
  const exercises = await loadExercises(join(import.meta.dirname, '..', 'exercises'));
  streams = new OpenStreams(2);
  return buildApp({
    config: parseConfig({ DATA_DIR: folder.path, ...env }),
    cookieSecret: 'a secret of at least thirty-two characters',
    exercises: new Map(exercises.map((exercise) => [exercise.slug, exercise])),
    log,
    pool,
    signals,
    streams,
    load,
    metrics: createMetrics({ ...load, queue: () => queueState(pool), streams: () => streams.total }),
    siteRoot: site,
    ping: async () => {
      if (!reachable) throw new ServiceError('store-unavailable');
    },
    readiness: () => ({ ready: graderReady, containment: 'rlimits', notices: graderReady ? [] : ['No sandbox.'] }),
  });
}

describe('the contract under /api/docs', () => {
  it('is OpenAPI 3.1 and names every endpoint of the API, with its problems', async () => {
    await using app = await appWith();
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
    await using app = await appWith();
    const page = await app.inject('/api/docs');
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/(src|href)="https?:/);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  });
});

describe('exercises', () => {
  it('are listed, and shown with the starter to edit and one implementation to read', async () => {
    await using app = await appWith();
    const list = (await app.inject('/api/exercises')).json();
    expect(list.map(({ slug }: { slug: string }) => slug)).toContain('user-repository');
    const exercise = exerciseSchema.parse((await app.inject('/api/exercises/user-repository')).json());
    const files = exercise.files.typescript ?? [];
    expect(files.filter(({ editable }) => editable).map(({ path }) => path)).toEqual(['user-repository.test.ts']);
    expect(files.some(({ editable, path }) => !editable && path === 'user-repository.ts')).toBe(true);
  });

  it('give neither the solution nor the planted bugs away', async () => {
    await using app = await appWith();
    const body = (await app.inject('/api/exercises/user-repository')).body;
    const [exercise] = await loadExercises(join(import.meta.dirname, '..', 'exercises'));
    const { mutants, solution } = exercise?.languages.typescript ?? { mutants: [], solution: {} };
    for (const secret of [...Object.values(solution), ...mutants.flatMap(({ changed }) => Object.values(changed))]) {
      expect(body).not.toContain(JSON.stringify(secret).slice(1, -1));
    }
  });

  it('that do not exist are 404', async () => {
    await using app = await appWith();
    const response = await app.inject('/api/exercises/nope');
    expect(response.statusCode).toBe(404);
    expect(problemSchema.parse(response.json()).code).toBe('exercise-not-found');
  });
});

describe('progress', () => {
  it('is the learner’s of the cookie: the newest of each entry is kept, and all of it forgotten on demand', async () => {
    await using app = await appWith();
    const entry = (value: string | null, at: string) => ({ key: 'read:first-container', value, at });
    const post = (entries: object[], cookie = '') =>
      app.inject({ method: 'POST', url: '/api/progress', headers: { cookie }, payload: { entries } });
    const morning = '2026-01-01T08:00:00.000Z';
    const noon = '2026-01-01T12:00:00.000Z';

    const first = await post([entry('noon', noon)]);
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
    expect(first.json()).toEqual({ entries: [entry('noon', noon)] });
    expect((await post([entry('morning', morning)], cookie)).json()).toEqual({ entries: [entry('noon', noon)] });
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
    await using app = await appWith();
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
    const busy = openTestPool({ ...server.connection, max: 1, connectionTimeoutMillis: 50 });
    const [usual, held] = [pool, await busy.connect()];
    pool = busy;
    try {
      await using app = await appWith();
      const response = await app.inject({ method: 'POST', url: '/api/runs', payload: submissionOf('pass') });
      expect(problemSchema.parse(response.json())).toMatchObject({ code: 'store-unavailable', status: 503 });
    } finally {
      pool = usual;
      held.release();
      await busy.end();
    }
  });
});

describe('health', () => {
  it('is ready when store and grader are, and says what is missing otherwise', async () => {
    await using app = await appWith();
    expect((await app.inject('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await app.inject('/readyz')).json()).toEqual({ ready: true, containment: 'rlimits', notices: [] });
    graderReady = false;
    reachable = false;
    const response = await app.inject('/readyz');
    graderReady = reachable = true;
    expect(response.statusCode).toBe(503);
    expect(readinessSchema.parse(response.json())).toMatchObject({ ready: false });
    expect(response.json().notices.join()).toMatch(/No sandbox.*database/);
  });
});

describe('the site', () => {
  it('is served with its own page for what does not exist, and lasting caching for hashed files only', async () => {
    await using app = await appWith();
    const home = await app.inject('/');
    expect(home).toMatchObject({ statusCode: 200, body: '<h1>home</h1>' });
    expect(home.headers['cache-control']).toBe('no-cache');
    expect(home.headers).toMatchObject({ 'x-content-type-options': 'nosniff', etag: expect.any(String) });
    expect(home.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect((await app.inject('/_astro/a.DEADBEEF.js')).headers['cache-control']).toContain('immutable');
    expect((await app.inject('/lessons/')).body).toBe('<h1>lessons</h1>');
    expect((await app.inject('/lessons')).headers.location).toBe('/lessons/');

    const lost = await app.inject({ url: '/nowhere', headers: { accept: 'text/html' } });
    expect(lost).toMatchObject({ statusCode: 404, body: '<h1>lost</h1>' });
    const problem = await app.inject({ url: '/api/nowhere', headers: { accept: 'text/html' } });
    expect(problemSchema.parse(problem.json())).toMatchObject({ code: 'not-found', status: 404 });
    expect((await app.inject('/..%2f..%2fetc/passwd')).statusCode).toBe(404);
  });

  it('sends what the build compressed to those who take it', async () => {
    await using app = await appWith();
    const ask = (headers: Record<string, string>) => app.inject({ url: '/_astro/a.DEADBEEF.js', headers });
    const compressed = await ask({ 'accept-encoding': 'br' });
    expect(compressed.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': expect.stringContaining('javascript'),
      'cache-control': expect.stringContaining('immutable'),
      vary: expect.stringContaining('accept-encoding'),
    });
    expect(brotliDecompressSync(compressed.rawPayload).toString()).toBe('void 0');
    const plain = await ask({});
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).toBe('void 0');
  });

  it('admits inline scripts of the build by their hashes, and no others', async () => {
    using site = temporaryFolder();
    const page = `<script type="application/ld+json">{}</script><script src="/a.js"></script><script>run()</script>`;
    writeFileSync(join(site.path, 'index.html'), page);
    await using app = await appWith({}, site.path);
    const policy = String((await app.inject('/')).headers['content-security-policy']);
    const hash = createHash('sha256').update('run()').digest('base64');
    expect(policy).toContain(`script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}';`);
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-/);
  });

  it('that is not built yet says how to build it', async () => {
    await using app = await appWith({}, join(folder.path, 'absent'));
    const response = await app.inject('/');
    expect(response.statusCode).toBe(503);
    expect(response.body).toContain('npm run build');
  });
});

describe('host names', () => {
  it.each([
    ['localhost:4321', 200],
    ['127.0.0.1:4321', 200],
    ['[::1]:4321', 200],
    ['learn.example.org', 200],
    ['evil.example', 421],
    ['127.0.0.1.evil.example', 421],
    ['localhost.evil.example:4321', 421],
  ])('%s is answered with %i by a runner on loopback behind learn.example.org', async (host, status) => {
    await using app = await appWith({ PUBLIC_ORIGIN: 'https://learn.example.org' });
    expect((await app.inject({ url: '/healthz', headers: { host } })).statusCode).toBe(status);
  });

  it('that are refused are explained to a person on a page, in which what they sent is inert', async () => {
    await using app = await appWith();
    const headers = { host: 'evil.example', accept: 'text/html' };
    const refused = await app.inject({ url: '/', headers });
    expect(refused.statusCode).toBe(421);
    expect(refused.headers['content-type']).toContain('text/html');
    expect(refused.body).toContain('evil.example');
    const marked = await app.inject({ url: '/', headers: { ...headers, host: '<img src=x>' } });
    expect(marked.body).not.toContain('<img');
    const program = await app.inject({ url: '/api/exercises', headers });
    expect(program.headers['content-type']).toContain('application/problem+json');
  });

  it('behind https the cookie is Secure, and the public origin may submit', async () => {
    await using app = await appWith({ PUBLIC_ORIGIN: 'https://learn.example.org' });
    const response = await app.inject({
      method: 'POST',
      url: '/api/runs',
      headers: { origin: 'https://learn.example.org', host: '127.0.0.1:4321' },
      payload: submissionOf('pass'),
    });
    expect(response.statusCode).toBe(202);
    expect(response.headers['set-cookie']).toContain('Secure');
  });
});

describe('the event stream', () => {
  it('wakes a reader when its connection for announcements was cut and made again', async () => {
    await using app = await appWith();
    const { headers, ...submitted } = await app.inject({
      method: 'POST',
      url: '/api/runs',
      payload: submissionOf('pass'),
    });
    const { id, events } = submitted.json();
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
    const socket = await app.injectWS(events, { headers: { cookie, host: 'localhost' } });
    const types: string[] = [];
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.on('message', (data) => types.push(JSON.parse(String(data)).type));
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'boundary signals'`,
    );
    const cancelled = await app.inject({ method: 'POST', url: `/api/runs/${id}/cancel`, headers: { cookie } });
    expect(cancelled.statusCode).toBe(202);
    expect(await closed).toBe(1000);
    expect(types).toEqual(['queued', 'finished']);
  });

  it('tells a reader to come back when the service stops', async () => {
    const app = await appWith();
    const submitted = await app.inject({ method: 'POST', url: '/api/runs', payload: submissionOf('pass') });
    const cookie = String(submitted.headers['set-cookie']).split(';')[0] ?? '';
    const socket = await app.injectWS(submitted.json().events, { headers: { cookie, host: 'localhost' } });
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    await app.close();
    expect(await closed).toBe(1001);
  });
});

describe('limits on what one address may ask for', () => {
  it('answer 429 and when to go on, count submissions apart, and leave the health check alone', async () => {
    await using app = await appWith({ REQUESTS_PER_MINUTE: '20' });
    const statuses = async (count: number, ask: () => Promise<{ statusCode: number }>) => {
      const seen = [];
      for (let n = 0; n < count; n++) seen.push((await ask()).statusCode);
      return seen;
    };
    const submit = () => app.inject({ method: 'POST', url: '/api/runs', payload: { nonsense: true } });
    expect(await statuses(3, submit)).toEqual([422, 422, 429]);
    expect(await statuses(21, () => app.inject('/api/exercises'))).toEqual([...Array(20).fill(200), 429]);
    const refused = await app.inject('/lessons/');
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(problemSchema.parse(refused.json())).toMatchObject({
      code: 'rate-limited',
      detail: expect.stringMatching(/in \d+ seconds/),
    });
    expect((await app.inject('/nowhere')).statusCode).toBe(429);
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    const elsewhere = await app.inject({ url: '/api/exercises', remoteAddress: '192.0.2.7' });
    expect(elsewhere.statusCode).toBe(200);
  });

  it('bound the event streams that it holds open, and count one again when it closes', async () => {
    await using app = await appWith();
    const submitted = await app.inject({ method: 'POST', url: '/api/runs', payload: submissionOf('pass') });
    const cookie = String(submitted.headers['set-cookie']).split(';')[0] ?? '';
    const open = () => app.injectWS(submitted.json().events, { headers: { cookie, host: 'localhost' } });
    const [one, two] = [await open(), await open()];
    await expect(open()).rejects.toThrow('429');
    expect(streams.total).toBe(2);
    one?.terminate();
    await vi.waitUntil(() => streams.total === 1, { timeout: 20_000 });
    const three = await open();
    for (const socket of [two, three]) socket?.terminate();
    await vi.waitUntil(() => streams.total === 0, { timeout: 20_000 });
    // Those that come at once are all looked at before any of them counts.
    const closings: number[] = [];
    const many = await Promise.allSettled(
      Array.from({ length: 6 }, async () => (await open()).on('close', (code) => closings.push(code))),
    );
    const answered = () => closings.length + many.filter(({ status }) => status === 'rejected').length;
    await vi.waitUntil(() => answered() === 4, { timeout: 20_000 });
    expect(streams.total).toBe(2);
    expect(closings.every((code) => code === 1013)).toBe(true);
    for (const one of many) if (one.status === 'fulfilled') one.value.terminate();
    await vi.waitUntil(() => streams.total === 0, { timeout: 20_000 });
  });
});

describe('what is for whoever keeps the machine', () => {
  const proxied = { 'x-forwarded-for': '127.0.0.1' };

  it('metrics: numbers of queue, runs, sandboxes and requests, and no word of a learner’s', async () => {
    await using app = await appWith({ METRICS_TOKEN: 'a token for prometheus' });
    await app.inject({ method: 'POST', url: '/api/runs', payload: submissionOf('pass') });
    const { body, statusCode } = await app.inject('/metrics');
    expect(statusCode).toBe(200);
    for (const line of [
      'boundary_store_up 1',
      'boundary_spares{kind="sandbox"} 3',
      'boundary_sandboxes 0',
      'boundary_submissions_total{answer="accepted"} 1',
      'boundary_http_request_seconds_count{method="POST",route="/api/runs",status="2xx"} 1',
    ]) {
      expect(body).toContain(line);
    }
    expect(body).toMatch(/^boundary_queue_runs [1-9]/m);
    const far = { remoteAddress: '192.0.2.7', url: '/metrics' };
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    expect((await app.inject(far)).statusCode).toBe(404);
    expect((await app.inject({ ...far, headers: bearer('a token for nobody') })).statusCode).toBe(404);
    expect((await app.inject({ ...far, headers: bearer('a token for prometheus') })).statusCode).toBe(200);
    expect((await app.inject({ url: '/metrics', headers: proxied })).statusCode).toBe(404);
  });

  it('the status page: on this machine only, not through a proxy, and inert', async () => {
    await using app = await appWith();
    const page = await app.inject('/admin');
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('limits by rlimits');
    expect(page.body).toMatch(/Waiting<\/th><td>\d+/);
    expect(page.body).not.toContain('<script');
    expect(page.headers['cache-control']).toBe('no-store');
    expect((await app.inject({ url: '/admin', headers: proxied })).statusCode).toBe(404);
    expect((await app.inject({ url: '/admin', headers: { 'x-real-ip': '192.0.2.7' } })).statusCode).toBe(404);
    expect((await app.inject({ url: '/admin', remoteAddress: '192.0.2.7' })).statusCode).toBe(404);
  });

  it('behind a proxy that tells nothing of itself, what asks from this machine needs the token', async () => {
    const behind = { PUBLIC_ORIGIN: 'https://learn.example.org' };
    await using closed = await appWith(behind);
    await using open = await appWith({ ...behind, METRICS_TOKEN: 'a token for the keeper' });
    const basic = (token: string) => ({ authorization: `Basic ${Buffer.from(`any:${token}`).toString('base64')}` });
    for (const url of ['/admin', '/metrics']) {
      const named = { url, headers: { host: 'learn.example.org' } };
      for (const app of [closed, open]) expect((await app.inject(named)).statusCode).toBe(404);
      expect((await closed.inject(url)).statusCode).toBe(404);
      const asked = await open.inject(url);
      expect(asked.statusCode).toBe(401);
      expect(asked.headers['www-authenticate']).toContain('Basic');
      expect((await open.inject({ url, headers: basic('a token for nobody') })).statusCode).toBe(401);
      expect((await open.inject({ url, headers: basic('a token for the keeper') })).statusCode).toBe(200);
    }
  });
});

describe('headers', () => {
  it('forbid browsers what the site does not need, and speak of https where people see it', async () => {
    await using app = await appWith();
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
    await using secure = await appWith({ PUBLIC_ORIGIN: 'https://learn.example.org' });
    expect((await secure.inject('/healthz')).headers['strict-transport-security']).toContain('max-age=31536000');
  });
});
