/** What a browser fetches for a page of the built site before anybody interacts, weighed as the runner sends it: Brotli. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** Bytes on the wire, without headers. */
export type PageWeight = { all: number; scripts: number; islands: boolean };

/** `page` is a path below `root` such as `lessons/index.html`. */
export function pageWeight(root: string, page: string): PageWeight {
  const html = readFileSync(join(root, page), 'utf8');
  const scripts = reachable(
    root,
    addressesIn(html, [/<script\b[^>]*\bsrc="([^"]+)"/g, /\b(?:component|renderer)-url="([^"]+)"/g]),
  );
  const styles = addressesIn(html, [/<link\b[^>]*\brel="stylesheet"[^>]*\bhref="([^"]+)"/g]);
  const others = addressesIn(html, [
    /<link\b[^>]*\brel="(?:icon|preload|manifest)"[^>]*\bhref="([^"]+)"/g,
    /<img\b[^>]*\bsrc="([^"]+)"/g,
  ]);
  const fonts = styles.flatMap((style) => latinFonts(readFileSync(join(root, style), 'utf8'), dirname(style)));
  const weigh = (paths: readonly string[]) => paths.reduce((sum, path) => sum + bytesSent(root, path), 0);
  return {
    all: weigh([...new Set([page, ...scripts, ...styles, ...others, ...fonts])]),
    scripts: weigh(scripts),
    islands: html.includes('<astro-island'),
  };
}

function bytesSent(root: string, path: string): number {
  const file = join(root, path);
  return statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size;
}

/** Addresses of this origin that the patterns' first group finds, as paths below the root. */
function addressesIn(text: string, patterns: readonly RegExp[]): string[] {
  const found = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, address = '']) => address));
  return [...new Set(found.filter((address) => /^\/(?!\/)/.test(address)).map((address) => address.slice(1)))];
}

/** The scripts and all that they import statically. What they import on demand waits for a person. */
function reachable(root: string, scripts: readonly string[]): string[] {
  const seen = new Set<string>();
  const queue = [...scripts];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = readFileSync(join(root, path), 'utf8');
    for (const [, address = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g)) {
      queue.push(posix.join(dirname(path), address));
    }
  }
  return [...seen];
}

/** Fonts for Latin text; a browser fetches those of other scripts only for pages that use them. */
function latinFonts(css: string, folder: string): string[] {
  return [...css.matchAll(/@font-face\s*\{[^}]*\}/g)].flatMap(([face]) => {
    const address = /url\(["']?([^"')]+\.woff2)/.exec(face)?.[1];
    if (address === undefined || !/unicode-range:\s*U\+0000-00FF|unicode-range:\s*U\+00?-FF/i.test(face)) return [];
    return [address.startsWith('/') ? address.slice(1) : posix.join(folder, address)];
  });
}
