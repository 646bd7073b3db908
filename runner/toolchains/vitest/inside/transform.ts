import { extname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import remapping from '@jridgewell/remapping';
import { hoistMocks } from '@vitest/mocker/transforms';
import { moduleRunnerTransform } from 'rolldown/experimental';
import { parseAst } from 'rolldown/parseAst';
import { transformSync } from 'rolldown/utils';

/** Where Vitest looks for mocks to hoist; the same words decide it there. */
const mayMock = /\b(?:vi|vitest)\s*\.\s*(?:mock|unmock|hoisted|doMock|doUnmock)\s*\(/;

/**
 * Turns a module into what Vite's module runner evaluates, by the same steps as Vite with Vitest's plugin: types away,
 * mocks first, imports and exports as calls. Two of the three are native, so a file takes about a millisecond; Vite's
 * server, which does no more than this to a test, takes a hundred to load. Rolldown means the last step for Vite alone, which
 * exports it too, behind the same hundred.
 *
 * @param file its absolute path
 * @returns the code, and the map from it to `source` as JSON
 * @throws an error with the compiler's message and the place, `loc`
 */
export async function transform(file: string, source: string): Promise<{ code: string; sourceMap: string }> {
  const maps: unknown[] = [];
  let code = source;
  if (/\.([mc]?ts|[jt]sx)$/.test(file)) {
    const result = transformSync(file, code, { sourcemap: true, lang: languageOf(file) });
    if (result.errors.length > 0) throw syntaxError(file, result.errors);
    maps.unshift(result.map);
    code = result.code;
  }
  if (mayMock.test(code)) {
    const hoisted = hoistMocks(code, file, parseAst as never);
    if (hoisted) {
      maps.unshift(hoisted.generateMap({ hires: 'boundary', source: file }));
      code = hoisted.toString();
    }
  }
  // By the name it decides whether it is asked for JavaScript at all.
  const result = await moduleRunnerTransform(extname(file) === '.json' ? `${file}.js` : file, code, {
    sourcemap: true,
  });
  if (result.errors.length > 0) throw syntaxError(file, result.errors);
  maps.unshift(result.map);
  return { code: result.code, sourceMap: JSON.stringify(remapping(maps as never, () => null)) };
}

function languageOf(file: string): 'ts' | 'tsx' | 'jsx' {
  const extension = extname(file);
  if (extension === '.tsx') return 'tsx';
  return extension === '.jsx' ? 'jsx' : 'ts';
}

type CompilerError = { message: string; loc?: { line: number; column: number } };

/** An error whose `loc` survives the way through the module runner, which its stack does not. */
function syntaxError(file: string, errors: readonly unknown[]): Error {
  const all = errors as readonly CompilerError[];
  const messages = all.slice(0, 5).map(({ message }) => stripVTControlCharacters(message).trim());
  const { line = 1, column = 0 } = all[0]?.loc ?? {};
  return Object.assign(new SyntaxError(messages.join('\n')), { loc: { file, line, column: column + 1 } });
}
