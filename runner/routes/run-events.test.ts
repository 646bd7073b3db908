import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { problemSchema } from '../protocol.ts';
import { TestApps } from '../test/web/test-apps.ts';
import { submissionOf } from '../test/web/test-server.ts';

let apps: TestApps;
beforeAll(async () => {
  apps = await TestApps.start();
});
afterAll(() => apps[Symbol.asyncDispose]());

describe('the event stream', () => {
  it('wakes a reader when its connection for announcements was cut and made again', async () => {
    await using app = await apps.open();
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
    await apps.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'boundary signals'`,
    );
    const cancelled = await app.inject({ method: 'POST', url: `/api/runs/${id}/cancel`, headers: { cookie } });
    expect(cancelled.statusCode).toBe(202);
    expect(await closed).toBe(1000);
    expect(types).toEqual(['queued', 'finished']);
  });

  it('tells a reader to come back when the service stops', async () => {
    const app = await apps.open();
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
    await using app = await apps.open({ REQUESTS_PER_MINUTE: '20' });
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
    await using app = await apps.open();
    const submitted = await app.inject({ method: 'POST', url: '/api/runs', payload: submissionOf('pass') });
    const cookie = String(submitted.headers['set-cookie']).split(';')[0] ?? '';
    const open = () => app.injectWS(submitted.json().events, { headers: { cookie, host: 'localhost' } });
    const [one, two] = [await open(), await open()];
    await expect(open()).rejects.toThrow('429');
    expect(apps.streams.total).toBe(2);
    one?.terminate();
    await vi.waitUntil(() => apps.streams.total === 1, { timeout: 20_000 });
    const three = await open();
    for (const socket of [two, three]) socket?.terminate();
    await vi.waitUntil(() => apps.streams.total === 0, { timeout: 20_000 });
    // Those that come at once are all looked at before any of them counts.
    const closings: number[] = [];
    const many = await Promise.allSettled(
      Array.from({ length: 6 }, async () => (await open()).on('close', (code) => closings.push(code))),
    );
    const answered = () => closings.length + many.filter(({ status }) => status === 'rejected').length;
    await vi.waitUntil(() => answered() === 4, { timeout: 20_000 });
    expect(apps.streams.total).toBe(2);
    expect(closings.every((code) => code === 1013)).toBe(true);
    for (const one of many) if (one.status === 'fulfilled') one.value.terminate();
    await vi.waitUntil(() => apps.streams.total === 0, { timeout: 20_000 });
  });
});
