import { describe, expect, it } from 'vitest';
import { testAt, writtenTests } from './written-tests.ts';

const names = (text: string) => writtenTests(text).map(({ name }) => name);

describe('writtenTests', () => {
  it('names tests by their suites, with the lines that their calls take', () => {
    const text = `import { it } from 'vitest';

describe('Users', () => {
  beforeAll(async () => {});
  it('saves', async () => {
    expect(await save({ a: [1, 2] })).toBe(')');
  });

  describe("when empty", () => {
    test.only('finds nothing', () => {});
  });
});
it(\`stands alone\`, () => {});
`;
    expect(writtenTests(text)).toEqual([
      { name: 'Users > saves', line: 5, endLine: 7 },
      { name: 'Users > when empty > finds nothing', line: 10, endLine: 10 },
      { name: 'stands alone', line: 13, endLine: 13 },
    ]);
  });

  it('is not led astray by comments, strings, templates and regular expressions', () => {
    const text = `// it('in a comment', () => {
/* test('in another', () => { */
const a = "it('in a string', () => {})";
const b = \`it('in a template', \${fn(')')})\`;
const c = [/[(/'"]+/, x / 2];
limit('is not a call of it', () => {});
it('it\\'s real', () => {});
`;
    expect(names(text)).toEqual(["it's real"]);
  });

  it('leaves out what only the run can name, and what lies below it', () => {
    const text = `it.each([1])('adds %i', () => {});
it(\`costs \${price}\`, () => {});
describe(\`on \${name}\`, () => { it('inner', () => {}); });
it('known', () => {});
`;
    expect(names(text)).toEqual(['known']);
  });

  it('survives a text that is being written', () => {
    expect(names("describe('a', () => {\n  it('b', async () => {\n    expect(")).toEqual([]);
    expect(names('it("')).toEqual([]);
    expect(names('/* never closed')).toEqual([]);
  });
});

describe('testAt', () => {
  it('is the innermost call that holds the line', () => {
    const tests = writtenTests("it('a', () => {\n  1;\n});\n\nit('b', () => {});\n");
    expect([1, 2, 3, 4, 5].map((line) => testAt(tests, line)?.name)).toEqual(['a', 'a', 'a', undefined, 'b']);
  });
});
