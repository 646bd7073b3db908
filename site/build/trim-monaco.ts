import type { Plugin } from 'vite';

const helper = 'monaco-editor/esm/vs/internal/common/workers.js';

/**
 * Keeps Monaco’s helper that starts a worker from importing every feature of the editor, as that of 0.57 does. It is loaded
 * with the first file in TypeScript, when an editor is there already; the next editor would then be made with features
 * whose services were never set up, and fail.
 */
export function trimMonaco(): Plugin {
  return {
    name: 'boundary:trim-monaco',
    enforce: 'pre',
    transform: {
      filter: { id: /[/\\]internal[/\\]common[/\\]workers\.js$/ },
      handler(code, id) {
        if (!id.replaceAll('\\', '/').endsWith(helper)) return;
        const trimmed = code.replace(/^import ['"][^'"]+['"];$/gm, '');
        if (trimmed === code) this.error(`${helper} imports nothing for its effects any more: take this plugin out.`);
        return { code: trimmed, map: null };
      },
    },
  };
}
