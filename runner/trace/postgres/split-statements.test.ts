import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitStatements } from './split-statements.ts';

describe('splitting a query into its statements', () => {
  test.for([
    ['select 1', ['select 1']],
    ['select 1; select 2;', ['select 1', 'select 2']],
    ["select ';'; select 'it''s; fine'", ["select ';'", "select 'it''s; fine'"]],
    [String.raw`select E'\'; no'; select 2`, [String.raw`select E'\'; no'`, 'select 2']],
    [String.raw`select 'back\'; select 2`, [String.raw`select 'back\'`, 'select 2']],
    ['select 1 as "a;b"; select 2', ['select 1 as "a;b"', 'select 2']],
    ['do $$ begin; end $$; select 2', ['do $$ begin; end $$', 'select 2']],
    ['do $body$ $$;$$ ; $body$; select 2', ['do $body$ $$;$$ ; $body$', 'select 2']],
    ['select a$b$c; select $1; select 3', ['select a$b$c', 'select $1', 'select 3']],
    ['select 1 -- one; really\n; select 2', ['select 1 -- one; really', 'select 2']],
    ['select 1 /* a /* nested; */ comment; */; select 2', ['select 1 /* a /* nested; */ comment; */', 'select 2']],
    ['; ;/* nothing */; -- nor here', []],
    ["select 'never closed; select 2", ["select 'never closed; select 2"]],
  ] as const)('%s', ([sql, statements]) => {
    expect(splitStatements(sql)).toEqual(statements);
  });

  test('loses no statement and ends, whatever the text', () => {
    const piece = fc.constantFrom("'", '"', '$$', '$a$', '--', '/*', '*/', ';', '\n', 'e', 'x', ' ', '\\');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const sql = pieces.join('');
        const parts = splitStatements(sql);
        let at = 0;
        for (const part of parts) {
          const found = sql.indexOf(part, at);
          expect(found).toBeGreaterThanOrEqual(at);
          at = found + part.length;
        }
      }),
    );
  });
});
