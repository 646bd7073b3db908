import { editor, Range } from 'monaco-editor/editor/editor.api.js';
import { writtenTests } from './written-tests.ts';

// Reading a long file through on each keystroke would be felt.
const SETTLE_MS = 250;

/** A sign in the margin beside each test of `models`: a press on it runs that test. By keyboard it is Alt+Enter. */
export function markTests(
  view: editor.IStandaloneCodeEditor,
  models: readonly editor.ITextModel[],
  onRunTest: (name: string) => void,
): { dispose(): void } {
  const timers = new Map<editor.ITextModel, ReturnType<typeof setTimeout>>();
  const marks = new Map<editor.ITextModel, string[]>();
  const mark = (model: editor.ITextModel) => {
    const decorations = writtenTests(model.getValue()).map(({ name, line }) => ({
      range: new Range(line, 1, line, 1),
      options: {
        glyphMarginClassName: 'wb-run-mark',
        glyphMarginHoverMessage: { value: `Run only “${name.replaceAll(/[\\`*_{}[\]<>#]/g, '\\$&')}” (Alt+Enter)` },
        stickiness: editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
      },
    }));
    marks.set(model, model.deltaDecorations(marks.get(model) ?? [], decorations));
  };
  const listeners = models.map((model) => {
    mark(model);
    return model.onDidChangeContent(() => {
      clearTimeout(timers.get(model));
      timers.set(
        model,
        setTimeout(() => {
          if (!model.isDisposed()) mark(model);
        }, SETTLE_MS),
      );
    });
  });
  const mouse = view.onMouseDown(({ target }) => {
    const model = view.getModel();
    if (target.type !== editor.MouseTargetType.GUTTER_GLYPH_MARGIN || !model || !target.position) return;
    const { lineNumber } = target.position;
    const test = writtenTests(model.getValue()).find(({ line }) => line === lineNumber);
    if (test && models.includes(model)) onRunTest(test.name);
  });
  return {
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
      for (const listener of [...listeners, mouse]) listener.dispose();
    },
  };
}
