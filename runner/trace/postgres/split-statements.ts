/** What ends in another way than with the next character: quotes, and comments. */
const openers = /'|"|--|\/\*|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|;/g;

/**
 * Cuts the text of a simple query, which may hold several statements, where the server does: at semicolons outside of
 * quotes, dollar quotes and comments. Statements that are only space or comment are left out, as the server leaves them.
 */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let from = 0;
  let at = 0;
  while (at < sql.length) {
    openers.lastIndex = at;
    const found = openers.exec(sql);
    if (!found) break;
    const [opener] = found;
    if (opener === ';') {
      statements.push(sql.slice(from, found.index));
      from = found.index + 1;
      at = from;
    } else if (opener.startsWith('$') && /[\w\u0080-\uffff]/.test(sql.charAt(found.index - 1))) {
      // In the middle of a name, such as a$b$c, a dollar opens nothing.
      at = found.index + 1;
    } else {
      at = endOf(sql, opener, found.index);
    }
  }
  statements.push(sql.slice(from));
  return statements
    .map((statement) => statement.trim())
    .filter((statement) => withoutLeadingComments(statement) !== '');
}

/** Where what was opened at `start` has ended; the end of the text if it never does. */
function endOf(sql: string, opener: string, start: number): number {
  const inside = start + opener.length;
  if (opener === '--') return after(sql.indexOf('\n', inside), 1, sql);
  if (opener === '/*') return endOfComment(sql, inside);
  if (opener.startsWith('$')) return after(sql.indexOf(opener, inside), opener.length, sql);
  // A doubled quote opens again at once. Backslashes escape only in strings that begin with E.
  const escapes = opener === "'" && /(^|[^\w$])e$/i.test(sql.slice(Math.max(0, start - 2), start));
  for (let at = inside; at < sql.length; at++) {
    if (escapes && sql[at] === '\\') at++;
    else if (sql[at] === opener) return at + 1;
  }
  return sql.length;
}

/** Comments nest. */
function endOfComment(sql: string, inside: number): number {
  let depth = 1;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = inside;
  for (let mark = marks.exec(sql); mark; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return sql.length;
}

function after(index: number, length: number, sql: string): number {
  return index === -1 ? sql.length : index + length;
}

/** The text without comments and space at its beginning. */
export function withoutLeadingComments(statement: string): string {
  let text = statement.trim();
  while (text.startsWith('--') || text.startsWith('/*')) {
    text = text.slice(endOf(text, text.slice(0, 2), 0)).trim();
  }
  return text;
}
