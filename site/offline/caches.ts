/** What the service worker keeps, by name. A change of a name drops what the old one held. */
export const cacheNames = {
  pages: 'boundary-pages-1',
  assets: 'boundary-assets-1',
  search: 'boundary-search-1',
} as const;
