import { createCssVariablesTheme } from 'shiki';

/** Code takes its colours from `--code-*` in `styles/tokens.css`, so that one build serves both colour schemes. */
export const codeTheme = createCssVariablesTheme({ name: 'boundary', variablePrefix: '--code-', fontStyle: true });
