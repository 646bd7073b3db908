import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { brokenLinks } from './broken-links.ts';
import { pageWeight } from './page-weight.ts';

const root = mkdtempSync(join(tmpdir(), 'boundary-site-'));

/** Files and their sizes or texts. */
const files: Record<string, string> = {
  'index.html':
    '<link rel="stylesheet" href="/a/s.css"><script type="module" src="/a/one.js"></script>' +
    '<a href="/docs/#there">1</a><a href="/docs/#gone">2</a><a href="/nowhere/">3</a><a href="https://example.org/x">4</a><a href="/api/docs">5</a>',
  'docs/index.html': '<h2 id="there">x</h2><astro-island component-url="/a/two.js"></astro-island>',
  'a/s.css':
    '@font-face{src:url(/a/f.woff2);unicode-range:U+0000-00FF}@font-face{src:url(/a/g.woff2);unicode-range:U+0370}',
  'a/f.woff2': 'f'.repeat(1000),
  'a/g.woff2': 'g'.repeat(5000),
  'a/one.js': 'import"./two.js";import("./later.js")',
  'a/two.js': 't'.repeat(900),
  'a/two.js.br': 't'.repeat(90),
  'a/later.js': 'l'.repeat(9000),
};

beforeAll(() => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const size = (path: string) => files[path]?.length ?? Number.NaN;

it('weighs a page with what it loads at once, compressed where it is sent so, and nothing that waits', () => {
  const scripts = size('a/one.js') + size('a/two.js.br');
  expect(pageWeight(root, 'index.html')).toEqual({
    all: size('index.html') + size('a/s.css') + size('a/f.woff2') + scripts,
    scripts,
    islands: false,
  });
});

it('counts the scripts of islands', () => {
  expect(pageWeight(root, 'docs/index.html')).toMatchObject({ scripts: size('a/two.js.br'), islands: true });
});

it('names links to pages and places that do not exist, and leaves those of others alone', () => {
  expect(brokenLinks(root, ['index.html', 'docs/index.html'])).toEqual([
    expect.stringContaining('index.html: /docs/#gone names no place'),
    expect.stringContaining('index.html: /nowhere/ leads nowhere'),
  ]);
});
