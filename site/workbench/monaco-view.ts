/**
 * Monaco, cut down to what one exercise needs. This module and its workers are megabytes: import it dynamically, when a
 * person turns to the editor.
 */
import 'monaco-editor/features/bracketMatching/register.js';
import 'monaco-editor/features/caretOperations/register.js';
import 'monaco-editor/features/clipboard/register.js';
import 'monaco-editor/features/codeEditor/register.js';
import 'monaco-editor/features/codicon/register.js';
import 'monaco-editor/features/comment/register.js';
import 'monaco-editor/features/contextmenu/register.js';
import 'monaco-editor/features/cursorUndo/register.js';
import 'monaco-editor/features/find/register.js';
import 'monaco-editor/features/format/register.js';
import 'monaco-editor/features/gotoError/register.js';
import 'monaco-editor/features/gotoSymbol/register.js';
import 'monaco-editor/features/hover/register.js';
import 'monaco-editor/features/indentation/register.js';
import 'monaco-editor/features/lineSelection/register.js';
import 'monaco-editor/features/linesOperations/register.js';
import 'monaco-editor/features/multicursor/register.js';
import 'monaco-editor/features/parameterHints/register.js';
import 'monaco-editor/features/quickCommand/register.js';
import 'monaco-editor/features/readOnlyMessage/register.js';
import 'monaco-editor/features/rename/register.js';
import 'monaco-editor/features/smartSelect/register.js';
import 'monaco-editor/features/snippet/register.js';
import 'monaco-editor/features/suggest/register.js';
import 'monaco-editor/features/toggleTabFocusMode/register.js';
import 'monaco-editor/features/tokenization/register.js';
import 'monaco-editor/features/wordHighlighter/register.js';
import 'monaco-editor/features/wordOperations/register.js';
import 'monaco-editor/features/wordPartOperations/register.js';
import 'monaco-editor/languages/definitions/pgsql/register.js';
import 'monaco-editor/languages/definitions/typescript/register.js';
import { editor, Uri } from 'monaco-editor/editor/editor.api.js';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import TypeScriptWorker from 'monaco-editor/language/typescript/ts.worker.js?worker';
import {
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  typescriptDefaults,
} from 'monaco-editor/languages/features/typescript/register.js';
import { followTheme } from './monaco-theme.ts';

globalThis.MonacoEnvironment = {
  getWorker: (_: string, label: string) => (label === 'typescript' ? new TypeScriptWorker() : new EditorWorker()),
};

export type ViewFile = { path: string; text: string; editable: boolean };
export type Selection = { start: number; end: number; scrollTop: number };
export type MonacoView = {
  show(path: string): void;
  setText(path: string, text: string): void;
  focus(selection?: Selection): void;
  dispose(): void;
};

// Libraries whose types are not bundled look missing to the language service: cannot find module (2307), its types (7016),
// Node's and Vitest's globals (2304, 2580, 2582, 2591, 2593), and what follows from them (7006, 7031).
const BLIND_TO = [2304, 2307, 2580, 2582, 2591, 2593, 7006, 7016, 7031];

/** Fills `host` with an editor over `files`. Rejects where the browser cannot load or start it. */
export async function createMonacoView(
  host: HTMLElement,
  options: { files: readonly ViewFile[]; active: string; label: string; onChange(path: string, text: string): void },
): Promise<MonacoView> {
  // Monaco measures a character once; it has to be the right font by then.
  await document.fonts.load('14px "Atkinson Hyperlegible Mono Variable"').catch(() => []);

  typescriptDefaults.setEagerModelSync(true);
  typescriptDefaults.setCompilerOptions({
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.NodeJs,
    lib: ['esnext'],
    strict: true,
    noEmit: true,
    allowNonTsExtensions: true,
  });
  typescriptDefaults.setDiagnosticsOptions({ diagnosticCodesToIgnore: BLIND_TO, noSuggestionDiagnostics: true });

  const models = new Map(options.files.map((file) => [file.path, modelOf(file)]));
  const theme = followTheme();
  const view = editor.create(host, {
    model: models.get(options.active) ?? null,
    ariaLabel: options.label,
    automaticLayout: true,
    fontFamily: '"Atkinson Hyperlegible Mono Variable", ui-monospace, monospace',
    fontLigatures: false,
    fontSize: 14,
    lineHeight: 22,
    padding: { top: 12, bottom: 12 },
    lineNumbersMinChars: 4,
    lineDecorationsWidth: 12,
    glyphMargin: false,
    folding: false,
    guides: { indentation: false },
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    renderLineHighlight: 'none',
    scrollBeyondLastLine: false,
    stickyScroll: { enabled: false },
    fixedOverflowWidgets: true,
    tabSize: 2,
    readOnlyMessage: { value: 'This file is part of the subject under test: read it, but it cannot be changed.' },
  });

  const show = (path: string) => {
    const file = options.files.find((item) => item.path === path);
    view.setModel(models.get(path) ?? null);
    view.updateOptions({ readOnly: !file?.editable, ariaLabel: `${path}${file?.editable ? '' : ', read-only'}` });
  };
  show(options.active);

  let silent = false;
  for (const [path, model] of models) {
    model.onDidChangeContent(() => {
      if (!silent) options.onChange(path, model.getValue());
    });
  }

  return {
    show,
    setText(path, text) {
      const model = models.get(path);
      if (!model || model.getValue() === text) return;
      silent = true;
      // An edit, not setValue: it can be undone with Ctrl+Z.
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
      silent = false;
    },
    focus(selection) {
      // Made while hidden, the editor has no size yet; without one it would scroll sideways to show the cursor.
      view.layout();
      view.focus();
      const model = view.getModel();
      if (!selection || !model) return;
      const [start, end] = [model.getPositionAt(selection.start), model.getPositionAt(selection.end)];
      view.setSelection({
        startLineNumber: start.lineNumber,
        startColumn: start.column,
        endLineNumber: end.lineNumber,
        endColumn: end.column,
      });
      view.setScrollPosition({ scrollTop: selection.scrollTop, scrollLeft: 0 });
    },
    dispose() {
      theme.dispose();
      view.dispose();
      for (const model of models.values()) model.dispose();
    },
  };
}

function modelOf({ path, text }: ViewFile): editor.ITextModel {
  const uri = Uri.parse(`file:///${path}`);
  editor.getModel(uri)?.dispose();
  return editor.createModel(text, undefined, uri);
}
