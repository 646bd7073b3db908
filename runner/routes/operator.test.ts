import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApps } from '../test/web/test-apps.ts';
import { submissionOf } from '../test/web/test-server.ts';

let apps: TestApps;
beforeAll(async () => {
  apps = await TestApps.start();
});
afterAll(() => apps[Symbol.asyncDispose]());

describe('what is for whoever keeps the machine', () => {
  const proxied = { 'x-forwarded-for': '127.0.0.1' };

  it('metrics: numbers of queue, runs, sandboxes and requests, and no word of a learner’s', async () => {
    await using app = await apps.open({ METRICS_TOKEN: 'a token for prometheus' });
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
    // An empty database of PostgreSQL has some MB.
    expect(body).toMatch(/^boundary_store_bytes [1-9]\d{6}/m);
    expect(body).toMatch(/^boundary_store_oldest_run_seconds \d/m);
    const far = { remoteAddress: '192.0.2.7', url: '/metrics' };
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    expect((await app.inject(far)).statusCode).toBe(404);
    expect((await app.inject({ ...far, headers: bearer('a token for nobody') })).statusCode).toBe(404);
    expect((await app.inject({ ...far, headers: bearer('a token for prometheus') })).statusCode).toBe(200);
    expect((await app.inject({ url: '/metrics', headers: proxied })).statusCode).toBe(404);
  });

  it('the status page: on this machine only, not through a proxy, and inert', async () => {
    await using app = await apps.open();
    const page = await app.inject('/admin');
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('limits by rlimits');
    expect(page.body).toMatch(/Waiting<\/th><td>\d+/);
    expect(page.body).toMatch(/On its disk<\/th><td>\d+ MiB/);
    expect(page.body).toContain('Runs may take up</th><td>8192 MiB');
    expect(page.body).not.toContain('<script');
    expect(page.headers['cache-control']).toBe('no-store');
    expect((await app.inject({ url: '/admin', headers: proxied })).statusCode).toBe(404);
    expect((await app.inject({ url: '/admin', headers: { 'x-real-ip': '192.0.2.7' } })).statusCode).toBe(404);
    expect((await app.inject({ url: '/admin', remoteAddress: '192.0.2.7' })).statusCode).toBe(404);
  });

  it('behind a proxy that tells nothing of itself, what asks from this machine needs the token', async () => {
    const behind = { PUBLIC_ORIGIN: 'https://learn.example.org' };
    await using closed = await apps.open(behind);
    await using open = await apps.open({ ...behind, METRICS_TOKEN: 'a token for the keeper' });
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
