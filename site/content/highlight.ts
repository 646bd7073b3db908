import { extname } from 'node:path';
import { codeToHtml } from 'shiki';
import { codeTheme } from './code-theme.ts';

const languages: Record<string, string> = {
  '.ts': 'typescript',
  '.py': 'python',
  '.go': 'go',
  '.sql': 'sql',
  '.json': 'json',
  '.sh': 'shellscript',
};

/**
 * Highlights a file's text at build; the language follows from the file's name. A block that scrolls by itself has to be
 * focusable; one that lies behind something else must not be.
 */
export function highlight(code: string, file: string, focusable = true): Promise<string> {
  return codeToHtml(code, {
    lang: languages[extname(file)] ?? 'text',
    theme: codeTheme,
    tabindex: focusable ? 0 : false,
  });
}

/** The same, line by line, without the block around them. */
export async function highlightLines(code: string, file: string): Promise<string[]> {
  const html = await highlight(code, file, false);
  const [, body = ''] = /<code>([\s\S]*)<\/code>/.exec(html) ?? [];
  return body.split('\n');
}
