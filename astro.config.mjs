import { fileURLToPath } from 'node:url';
import mdx from '@astrojs/mdx';
import react from '@astrojs/react';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import { buildServiceWorker } from './site/build/build-service-worker.ts';
import { editorTypes } from './site/build/editor-types.ts';
import { hoistIslandStyle } from './site/build/hoist-island-style.ts';
import { indexSearch } from './site/build/index-search.ts';
import { keepLazyStyles } from './site/build/keep-lazy-styles.ts';
import { precompress } from './site/build/precompress.ts';
import { publicOrigin } from './site/build/site-settings.ts';
import { trimMonaco } from './site/build/trim-monaco.ts';
import { codeTheme } from './site/content/code-theme.ts';

export default defineConfig({
  srcDir: './site',
  publicDir: './site/public',
  outDir: './dist/site',
  site: publicOrigin(),
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  integrations: [
    mdx(),
    react(),
    sitemap({ filter: (page) => !/\/(design|offline)\/$/.test(page) }),
    hoistIslandStyle(),
    indexSearch(),
    buildServiceWorker(),
    precompress(),
  ],
  markdown: { shikiConfig: { theme: codeTheme } },
  vite: {
    plugins: [keepLazyStyles(), editorTypes(), trimMonaco()],
    resolve: {
      alias: [
        // It asks for Monaco by the paths that Monaco had before it named its exports.
        {
          find: /^monaco-vim$/,
          replacement: fileURLToPath(new URL('node_modules/monaco-vim/dist/index.mjs', import.meta.url)),
        },
        { find: /^monaco-editor\/esm\/vs\/(.+)$/, replacement: 'monaco-editor/$1.js' },
      ],
    },
    // Monaco's language worker splits its code, which only module workers can.
    worker: { format: 'es' },
    build: {
      // Scripts stay files of their own, however small, so that a strict content security policy can name them. The small
      // style sheets of components go into the page: a lesson has nine, and each would be a request before the first paint.
      assetsInlineLimit: (path, content) => path.endsWith('.css') && content.length < 6_000,
      // Monaco and its TypeScript worker are megabytes by nature; they load only when a person turns to the editor.
      chunkSizeWarningLimit: 12_000,
    },
  },
});
