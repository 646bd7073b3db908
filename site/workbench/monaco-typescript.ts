/** TypeScript as the editor knows it: the compiler’s settings, and the types of the libraries that tests import. */
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import TypeScriptWorker from 'monaco-editor/language/typescript/ts.worker.js?worker';
import {
  ModuleKind,
  type ModuleResolutionKind,
  ScriptTarget,
  typescriptDefaults,
} from 'monaco-editor/languages/features/typescript/register.js';

globalThis.MonacoEnvironment = {
  getWorker: (_: string, label: string) => (label === 'typescript' ? new TypeScriptWorker() : new EditorWorker()),
};

/** TypeScript’s own number for it; Monaco’s list of the kinds ends before. */
const bundler = 100 as ModuleResolutionKind;

/** Without types every import would look wrong, so until they are there only the syntax is checked. */
const syntaxOnly = { noSemanticValidation: true, noSuggestionDiagnostics: true, onlyVisible: true };

export function setUpTypeScript(): void {
  typescriptDefaults.setEagerModelSync(true);
  typescriptDefaults.setCompilerOptions({
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    moduleResolution: bundler,
    lib: ['esnext'],
    strict: true,
    noEmit: true,
    allowNonTsExtensions: true,
  });
  // Formatting is Prettier’s; see `format-code.ts`.
  typescriptDefaults.setModeConfiguration({
    ...typescriptDefaults.modeConfiguration,
    documentRangeFormattingEdits: false,
    onTypeFormattingEdits: false,
  });
  if (Object.keys(typescriptDefaults.getExtraLibs()).length === 0) typescriptDefaults.setDiagnosticsOptions(syntaxOnly);
}

/** Brings the libraries’ types in, once for the page. Rejects where they cannot be loaded: then syntax is all that is checked. */
export async function loadTypes(): Promise<void> {
  const { default: declarations } = await import('virtual:editor-types');
  if (Object.keys(typescriptDefaults.getExtraLibs()).length > 0) return;
  typescriptDefaults.setExtraLibs(
    Object.entries(declarations).map(([path, content]) => ({ content, filePath: `file:///${path}` })),
  );
  typescriptDefaults.setDiagnosticsOptions({ ...syntaxOnly, noSemanticValidation: false });
}
