/** Links of the built site that lead nowhere in it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the runner answers itself, beside the files. */
const answeredByRunner = /^\/api\//;

/** One sentence for each link of `pages` (paths below `root`) whose page, file or heading does not exist. */
export function brokenLinks(root: string, pages: readonly string[]): string[] {
  const ids = new Map<string, Set<string>>();
  const idsOf = (file: string) => {
    const known = ids.get(file) ?? new Set([...read(file).matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id));
    ids.set(file, known);
    return known;
  };
  return pages.flatMap((page) => {
    const here = new URL(page.replace(/index\.html$/, ''), 'http://site/');
    const links = new Set(
      [...read(join(root, page)).matchAll(/<a\b[^>]*\shref="([^"]+)"/g)].map(([, link = '']) => link),
    );
    return [...links].flatMap((link) => {
      const target = new URL(link.replaceAll('&amp;', '&'), here);
      if (target.origin !== here.origin || answeredByRunner.test(target.pathname)) return [];
      const file = fileOf(root, target.pathname);
      if (file === undefined) return [`${sourceOf(page)}: ${link} leads nowhere. Correct the address or add the page.`];
      const id = decodeURIComponent(target.hash.slice(1));
      if (id === '' || idsOf(file).has(id)) return [];
      const near = [...idsOf(file)].filter((known) => known.startsWith(id.slice(0, 4)));
      const choice = near.length > 0 ? ` Did you mean ${near.map((known) => `#${known}`).join(' or ')}?` : '';
      return [`${sourceOf(page)}: ${link} names no place on its page. Correct what follows “#”.${choice}`];
    });
  });
}

/** What an author edits to mend a page, where the page is written rather than computed. */
function sourceOf(page: string): string {
  const [, kind, slug] = /^(lessons|misconceptions|docs)\/([^/]+)\/index\.html$/.exec(page) ?? [];
  return kind === undefined ? page : `${page} (content/${kind}/${slug}.${kind === 'docs' ? 'md' : 'mdx'})`;
}

function fileOf(root: string, pathname: string): string | undefined {
  const path = join(root, decodeURIComponent(pathname));
  const candidates = [path, join(path, 'index.html'), `${path.replace(/\/$/, '')}.html`];
  return candidates.find((file) => existsSync(file) && statSync(file).isFile());
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}
