import type { editor } from 'monaco-editor/editor/editor.api.js';
import { initVimMode } from 'monaco-vim';

/** Lets the editor take keys as Vim does; its mode and its command line stand in `status`. Returns how to stop that. */
export function startVim(view: editor.IStandaloneCodeEditor, status: HTMLElement): () => void {
  const mode = initVimMode(view as unknown as Parameters<typeof initVimMode>[0], status);
  return () => mode.dispose();
}
