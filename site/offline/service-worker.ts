/**
 * Keeps what has been read readable without a connection. Pages come from the network whenever it answers, so nobody is shown
 * an old one by a site that is there; files that are named after their content never change and come from the cache. What
 * the runner answers (`/api/`, `/readyz` and their like) is never kept and never touched.
 */
import { ExpirationPlugin } from 'workbox-expiration';
import { type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { registerRoute, setCatchHandler } from 'workbox-routing';
import { CacheFirst, NetworkFirst } from 'workbox-strategies';
import { cacheNames } from './caches.ts';
import { isPage, pageKey } from './page-address.ts';
import { isSoundFile, isSoundPage } from './sound-answer.ts';

type Worker = {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(
    type: 'install' | 'activate',
    listener: (event: { waitUntil(done: Promise<unknown>): void }) => void,
  ): void;
};
type StrategyPlugin = NonNullable<ConstructorParameters<typeof CacheFirst>[0]>['plugins'] extends
  | (infer T)[]
  | undefined
  ? T
  : never;
const worker = globalThis as unknown as Worker;

/** Written in by the build, see `site/build/build-service-worker.ts`. */
declare const precached: PrecacheEntry[];

/** Drops what is the most out of use. Its type says less than it does where optional properties are exact. */
const dropping = (maxEntries: number) =>
  new ExpirationPlugin({ maxEntries, maxAgeSeconds: 180 * 24 * 3600 }) as StrategyPlugin;

const onlyPages = keeping(isSoundPage);
const onlyFiles = keeping(isSoundFile);

const asOnePage = { cacheKeyWillBeUsed: async ({ request }: { request: Request }) => pageKey(request.url) };

precacheAndRoute(precached);

registerRoute(
  ({ request, url }) => request.mode === 'navigate' && isPage(url),
  new NetworkFirst({
    cacheName: cacheNames.pages,
    networkTimeoutSeconds: 10,
    plugins: [onlyPages, asOnePage, dropping(200)],
  }),
);

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/_astro/'),
  new CacheFirst({
    cacheName: cacheNames.assets,
    plugins: [onlyFiles, dropping(400)],
  }),
);

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && /^\/(theme\.js|favicon\.svg|pagefind\/)/.test(url.pathname),
  new NetworkFirst({
    cacheName: cacheNames.search,
    networkTimeoutSeconds: 10,
    plugins: [onlyFiles, dropping(400)],
  }),
);

setCatchHandler(async ({ request }) =>
  request.mode === 'navigate'
    ? ((await caches.match('/offline/', { ignoreSearch: true })) ?? Response.error())
    : Response.error(),
);

// A new version takes over at once. That is safe because pages come from the network, and name files that never change.
worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) =>
  event.waitUntil(Promise.all([worker.clients.claim(), dropOthers(Object.values(cacheNames))])),
);

async function dropOthers(kept: readonly string[]): Promise<void> {
  const ours = (await caches.keys()).filter((name) => name.startsWith('boundary-') && !kept.includes(name));
  await Promise.all(ours.map((name) => caches.delete(name)));
}

/** Keeps the answers that pass, and shows the others all the same. */
function keeping(isSound: (response: Response) => boolean) {
  return { cacheWillUpdate: async ({ response }: { response: Response }) => (isSound(response) ? response : null) };
}
