import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '../protocol.ts';
import { temporaryFolder } from '../test/web/temporary-folder.ts';
import { TestApps } from '../test/web/test-apps.ts';
import { submissionOf } from '../test/web/test-server.ts';

let apps: TestApps;
beforeAll(async () => {
  apps = await TestApps.start();
});
afterAll(() => apps[Symbol.asyncDispose]());

describe('the site', () => {
  it('is served with its own page for what does not exist, and lasting caching for hashed files only', async () => {
    await using app = await apps.open();
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
    await using app = await apps.open();
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
    await using app = await apps.open({}, { siteRoot: site.path });
    const policy = String((await app.inject('/')).headers['content-security-policy']);
    const hash = createHash('sha256').update('run()').digest('base64');
    expect(policy).toContain(`script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}';`);
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-/);
  });

  it('that is not built yet says how to build it', async () => {
    using site = temporaryFolder();
    await using app = await apps.open({}, { siteRoot: join(site.path, 'absent') });
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
    await using app = await apps.open({ PUBLIC_ORIGIN: 'https://learn.example.org' });
    expect((await app.inject({ url: '/healthz', headers: { host } })).statusCode).toBe(status);
  });

  it('that are refused are explained to a person on a page, in which what they sent is inert', async () => {
    await using app = await apps.open();
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
    await using app = await apps.open({ PUBLIC_ORIGIN: 'https://learn.example.org' });
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
