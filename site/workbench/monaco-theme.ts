import { editor } from 'monaco-editor/editor/editor.api.js';

type Palette = Record<'surface' | 'ink' | 'quiet' | 'line' | 'good' | 'constant' | 'selection' | 'rule', string>;

// The same colours as styles/tokens.css; Monaco takes no CSS variables.
const light: Palette = {
  surface: '#ffffff',
  ink: '#14201d',
  quiet: '#485652',
  line: '#1d46d2',
  good: '#0a664b',
  constant: '#8a3b00',
  selection: '#cfd9fb',
  rule: '#d3dad6',
};
const dark: Palette = {
  surface: '#171e1c',
  ink: '#e7ece9',
  quiet: '#a6b3ae',
  line: '#93aaff',
  good: '#66d2a6',
  constant: '#f0a877',
  selection: '#2b3a70',
  rule: '#2b3533',
};

/** Keeps Monaco in the page's colour scheme, also when the person or the system changes it. */
export function followTheme(): { dispose(): void } {
  editor.defineTheme('boundary-light', themeOf('vs', light));
  editor.defineTheme('boundary-dark', themeOf('vs-dark', dark));
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const chosen = document.documentElement.dataset.theme;
    const isDark = chosen === 'dark' || (chosen !== 'light' && system.matches);
    editor.setTheme(isDark ? 'boundary-dark' : 'boundary-light');
  };
  apply();
  system.addEventListener('change', apply);
  const observer = new MutationObserver(apply);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return {
    dispose() {
      system.removeEventListener('change', apply);
      observer.disconnect();
    },
  };
}

function themeOf(base: 'vs' | 'vs-dark', palette: Palette): editor.IStandaloneThemeData {
  const { surface, ink, quiet, line, good, constant, selection, rule } = palette;
  const token = (name: string, colour: string, fontStyle = '') => ({
    token: name,
    foreground: colour.slice(1),
    fontStyle,
  });
  return {
    base,
    inherit: true,
    rules: [
      token('', ink),
      token('keyword', line),
      token('string', good),
      token('regexp', good),
      token('number', constant),
      token('comment', quiet),
      token('delimiter', quiet),
      token('type', ink),
      token('identifier', ink),
    ],
    colors: {
      'editor.background': surface,
      'editor.foreground': ink,
      'editorLineNumber.foreground': quiet,
      'editorLineNumber.activeForeground': ink,
      'editorLineNumber.dimmedForeground': quiet,
      'editorCursor.foreground': line,
      'editor.selectionBackground': selection,
      'editorWidget.background': surface,
      'editorWidget.border': rule,
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`editorBracketHighlight.foreground${level}`, quiet])),
      focusBorder: line,
    },
  };
}
