import { isMeant } from './is-meant.ts';

/** What a query finds: pages, or the section of a page that says most about it. */
export type Hit = { href: string; title: string; kind: string; excerpt: string };

/** The part of Pagefind's browser interface that is used here (its types come with no such module). */
type Pagefind = {
  /** `null`: a later query has taken this one's place. */
  debouncedSearch(query: string, options?: object, ms?: number): Promise<{ results: Result[] } | null>;
};
type Result = { data(): Promise<Page> };
type Page = { url: string; excerpt: string; meta: { title?: string }; sub_results: Section[] };
type Section = { url: string; title: string; excerpt: string };

const most = 8;
const kinds: Record<string, string> = {
  lessons: 'Lesson',
  exercises: 'Exercise',
  misconceptions: 'Misconception',
  docs: 'Docs',
};

let loading: Promise<Pagefind> | undefined;

/** `null`: a later query has taken this one's place. Rejects if the index cannot be loaded. */
export async function findPages(query: string): Promise<Hit[] | null> {
  const address = '/pagefind/pagefind.js';
  loading ??= import(/* @vite-ignore */ address) as Promise<Pagefind>;
  try {
    const found = await (await loading).debouncedSearch(query, {}, 120);
    if (found === null) return null;
    const pages = await Promise.all(found.results.slice(0, most).map((result) => result.data()));
    return pages.map(hitOf).filter(({ title, excerpt }) => isMeant(query, title, excerpt));
  } catch (cause) {
    loading = undefined;
    throw cause;
  }
}

function hitOf({ url, excerpt, meta, sub_results }: Page): Hit {
  const [section] = sub_results;
  const title = meta.title ?? url;
  const kind = kinds[url.split('/')[1] ?? ''] ?? 'Page';
  if (section === undefined || section.title === title) return { href: url, title, kind, excerpt };
  return { href: section.url, title: `${title}: ${section.title}`, kind, excerpt: section.excerpt };
}
