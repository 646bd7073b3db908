/**
 * Monaco, cut down to what one exercise needs. This module and its workers are megabytes: import it dynamically, when a
 * person turns to the editor.
 */
import './monaco-features.ts';
import { editor, Uri } from 'monaco-editor/editor/editor.api.js';
import { markTests } from './monaco-run-marks.ts';
import { followTheme } from './monaco-theme.ts';
import { loadTypes, setUpTypeScript } from './monaco-typescript.ts';
import type { TextPlace } from './text-place.ts';

export type ViewFile = { path: string; text: string; editable: boolean };
export type Selection = { start: number; end: number; scrollTop: number };
export type MonacoView = {
  show(path: string): void;
  setText(path: string, text: string): void;
  focus(selection?: Selection): void;
  /** Shows a place in the file that is shown, and takes the focus there. */
  reveal(place: TextPlace): void;
  /** Line of the cursor, from 1; null where the focus is elsewhere. */
  cursorLine(): number | null;
  /** Takes keys as Vim does, and says its mode in `status`; returns how to stop that. */
  takeVimKeys(status: HTMLElement): () => void;
  dispose(): void;
};

type MonacoViewOptions = {
  files: readonly ViewFile[];
  active: string;
  label: string;
  onChange(path: string, text: string): void;
  /** Somebody went to a definition in another file of the exercise. */
  onOpen(path: string): void;
  onRunTest(name: string): void;
  /** The libraries’ types could not be loaded, so that only the syntax is checked. */
  onNoTypes(): void;
};

/** Fills `host` with an editor over `files`. Rejects where the browser cannot load or start it. */
export async function createMonacoView(host: HTMLElement, options: MonacoViewOptions): Promise<MonacoView> {
  // Monaco measures a character once; it has to be the right font by then.
  await document.fonts.load('14px "Atkinson Hyperlegible Mono Variable"').catch(() => []);
  setUpTypeScript();
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
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 8,
    glyphMargin: true,
    folding: false,
    guides: { indentation: false },
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    renderLineHighlight: 'none',
    scrollBeyondLastLine: false,
    stickyScroll: { enabled: false },
    fixedOverflowWidgets: true,
    // What looks like a word of the text is no suggestion beside the ones that know its types.
    wordBasedSuggestions: 'off',
    tabSize: 2,
    readOnlyMessage: { value: 'This file is part of the subject under test: read it, but it cannot be changed.' },
  });
  void loadTypes().catch(options.onNoTypes);

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
  const marks = markTests(
    view,
    options.files.flatMap(({ path, editable }) => (editable ? (models.get(path) ?? []) : [])),
    options.onRunTest,
  );
  const reveal = ({ line, column }: TextPlace) => {
    view.layout();
    view.focus();
    view.setPosition({ lineNumber: line, column });
    view.revealLineInCenterIfOutsideViewport(line);
  };
  // A file of the exercise opens in its tab; a library’s types are read in place.
  const opener = editor.registerEditorOpener({
    openCodeEditor(source, resource, target) {
      const path = resource.path.slice(1);
      if (source !== view) return false;
      if (!models.has(path)) {
        view.trigger('a definition in a library', 'editor.action.peekDefinition', undefined);
        return true;
      }
      options.onOpen(path);
      show(path);
      if (target) {
        reveal(
          'lineNumber' in target ? atPosition(target) : { line: target.startLineNumber, column: target.startColumn },
        );
      }
      return true;
    },
  });

  return {
    show,
    reveal,
    cursorLine: () => (view.hasTextFocus() ? (view.getPosition()?.lineNumber ?? null) : null),
    setText(path, text) {
      const model = models.get(path);
      if (!model || model.getValue() === text) return;
      const state = view.getModel() === model ? view.saveViewState() : null;
      silent = true;
      // An edit, not setValue: it can be undone with Ctrl+Z.
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
      silent = false;
      if (state) view.restoreViewState(state);
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
    takeVimKeys(status) {
      let stop: (() => void) | null = null;
      let over = false;
      void import('./monaco-vim.ts').then(({ startVim }) => {
        if (!over) stop = startVim(view, status);
      });
      return () => {
        over = true;
        stop?.();
      };
    },
    dispose() {
      opener.dispose();
      marks.dispose();
      theme.dispose();
      view.dispose();
      for (const model of models.values()) model.dispose();
    },
  };
}

function atPosition({ lineNumber, column }: { lineNumber: number; column: number }): TextPlace {
  return { line: lineNumber, column };
}

function modelOf({ path, text }: ViewFile): editor.ITextModel {
  const uri = Uri.parse(`file:///${path}`);
  editor.getModel(uri)?.dispose();
  return editor.createModel(text, undefined, uri);
}
