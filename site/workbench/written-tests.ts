/**
 * The tests that a file seems to define, by their full names as Vitest reports them, found by reading its text: good enough
 * to run one of them, or to find its line. What is put together at run time (`each`, a title with `${…}`) is left out.
 */
export type WrittenTest = {
  /** Suites and title, joined by “ > ”. */
  name: string;
  /** 1-based, of the call’s first and last line. */
  line: number;
  endLine: number;
};

const call =
  /(describe|suite|it|test)((?:\.(?:only|skip|todo|concurrent|sequential|fails|shuffle))*)\s*\(\s*(?=['"`])/y;

type Open = { suite: boolean; name: string | null; line: number; depth: number };

export function writtenTests(text: string): WrittenTest[] {
  const found: WrittenTest[] = [];
  const open: Open[] = [];
  let depth = 0;
  let line = 1;
  /** The last character that is neither space nor comment: tells a regular expression from a division. */
  let before = '';
  const skipTo = (end: number, at: number) => {
    line += newlinesIn(text.slice(at, end));
    return end;
  };
  for (let at = 0; at < text.length; ) {
    const char = text[at] ?? '';
    const ignored = commentAt(text, at) ?? stringAt(text, at) ?? regexAt(text, at, before);
    if (ignored !== undefined) {
      if (!text.startsWith('//', at) && !text.startsWith('/*', at)) before = '"';
      at = skipTo(ignored, at);
      continue;
    }
    if (/[a-z]/.test(char) && !/[\w$.]/.test(text[at - 1] ?? '')) {
      call.lastIndex = at;
      const [matched, kind] = call.exec(text) ?? [];
      if (matched !== undefined) {
        const start = at + matched.length;
        open.push({ suite: kind === 'describe' || kind === 'suite', name: titleAt(text, start), line, depth });
        depth++;
        before = '(';
        at = skipTo(start, at);
        continue;
      }
    }
    if (char === '(') depth++;
    if (char === ')') depth--;
    const last = open.at(-1);
    if (char === ')' && last?.depth === depth) {
      const names = open.flatMap(({ suite, name }) => (suite || name === last.name ? [name] : []));
      if (!last.suite && !names.includes(null)) found.push({ name: names.join(' > '), line: last.line, endLine: line });
      open.pop();
    }
    if (char === '\n') line++;
    if (!/\s/.test(char)) before = char;
    at++;
  }
  return found.sort((a, b) => a.line - b.line);
}

/** The test whose call holds this line, the innermost where one lies in another. */
export function testAt(tests: readonly WrittenTest[], line: number): WrittenTest | undefined {
  return tests.findLast((test) => test.line <= line && line <= test.endLine);
}

function newlinesIn(text: string): number {
  return text.split('\n').length - 1;
}

/** Where a comment that begins here ends. */
function commentAt(text: string, at: number): number | undefined {
  if (text.startsWith('//', at)) return endOr(text.indexOf('\n', at), text);
  if (text.startsWith('/*', at)) return endOr(text.indexOf('*/', at) + 2, text, 1);
  return undefined;
}

/** Where a string or template that begins here ends; code within a template is taken as part of it. */
function stringAt(text: string, at: number): number | undefined {
  const quote = text[at];
  if (quote !== '"' && quote !== "'" && quote !== '`') return undefined;
  for (let place = at + 1; place < text.length; place++) {
    if (text[place] === '\\') place++;
    else if (text[place] === quote || (quote !== '`' && text[place] === '\n')) return place + 1;
  }
  return text.length;
}

/** Where a regular expression that begins here ends. */
function regexAt(text: string, at: number, before: string): number | undefined {
  if (text[at] !== '/' || !/^$|[(,=:[!&|?{};+]/.test(before)) return undefined;
  let inClass = false;
  for (let place = at + 1; place < text.length && text[place] !== '\n'; place++) {
    if (text[place] === '\\') place++;
    else if (text[place] === '[') inClass = true;
    else if (text[place] === ']') inClass = false;
    else if (text[place] === '/' && !inClass) return place + 1;
  }
  return undefined;
}

function endOr(end: number, text: string, least = 0): number {
  return end <= least ? text.length : end;
}

/** The value of the string that begins here; null where it is put together at run time. */
function titleAt(text: string, at: number): string | null {
  const literal = text.slice(at + 1, (stringAt(text, at) ?? at + 1) - 1);
  if (text[at] === '`' && literal.includes('${')) return null;
  return literal.replaceAll(/\\(.)/gs, (_, escaped: string) => ({ n: '\n', t: '\t' })[escaped] ?? escaped);
}
