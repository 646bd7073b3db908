import type { Plugin } from 'vite';

/**
 * Keeps the style sheets of chunks that the browser imports on demand (Monaco's). Astro deletes a client style sheet that
 * no page links to unless a chunk counts it among its assets; Vite, which links it when the chunk is imported, only
 * counts it among the chunk's styles.
 */
export function keepLazyStyles(): Plugin {
  return {
    name: 'boundary:keep-lazy-styles',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const sheet of chunk.viteMetadata?.importedCss ?? []) chunk.viteMetadata?.importedAssets.add(sheet);
      }
    },
  };
}
