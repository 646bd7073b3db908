import { describe, expect, it } from 'vitest';
import { isPage, pageKey } from './page-address.ts';

const site = 'https://boundary.example';

describe('what is kept to be read without a connection', () => {
  it.for(['/', '/lessons/first-container/', '/docs/metrics/', '/exercises/?level=advanced'])('is %s', (path) => {
    expect(isPage(new URL(path, site))).toBe(true);
  });

  it.for([
    '/api/docs',
    '/api/runs',
    '/readyz',
    '/readyz?x',
    '/healthz',
    '/metrics',
    '/admin',
    '/%61pi/progress',
    '/ap%69/docs',
    '/%61dmin',
    '/%6Detrics/',
    '/lessons/%E0%A4%A',
  ])('is not %s', (path) => {
    expect(isPage(new URL(path, site))).toBe(false);
  });

  it('is one page, whatever its query chooses', () => {
    expect(pageKey(`${site}/exercises/?level=advanced&kind=outbox#list`)).toBe(`${site}/exercises/`);
  });
});
