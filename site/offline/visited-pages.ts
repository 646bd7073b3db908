import { cacheNames } from './caches.ts';

/** Lists the pages that can be read without a connection, by their titles. */
export async function listVisited(place: HTMLElement): Promise<void> {
  if (!('caches' in globalThis)) return;
  const cache = await caches.open(cacheNames.pages);
  const pages = await Promise.all(
    (await cache.keys()).map(async (request) => {
      const html = (await (await cache.match(request))?.text()) ?? '';
      const title = /<title>([^<]*)<\/title>/.exec(html)?.[1]?.split(' · ')[0];
      return { path: new URL(request.url).pathname, title };
    }),
  );
  const rows = pages
    .filter(({ path, title }) => title && path !== '/offline/')
    .map(({ path, title = '' }) => {
      const row = document.createElement('li');
      const link = document.createElement('a');
      link.href = path;
      // The title comes from markup, where a few signs are written as entities.
      link.textContent = new DOMParser().parseFromString(title, 'text/html').body.textContent;
      row.append(link);
      return row;
    });
  place.querySelector('ul')?.replaceChildren(...rows);
  place.hidden = rows.length === 0;
}
