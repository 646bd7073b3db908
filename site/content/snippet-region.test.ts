import { describe, expect, it } from 'vitest';
import { SnippetError, snippetRegion } from './snippet-region.ts';

const source = `import { it } from 'vitest';

describe('users', () => {
  // #region start
  it('starts', () => {
    // #region inner
    boot();
    // #endregion inner
  });
  // #endregion start
});
// #region open
`;

describe('snippetRegion', () => {
  it('cuts a region out, without the indentation that its lines share and without inner marks', () => {
    expect(snippetRegion(source, 'a.ts', 'start')).toBe("it('starts', () => {\n  boot();\n});");
    expect(snippetRegion(source, 'a.ts', 'inner')).toBe('boot();');
  });

  it('gives the whole file without marks where no region is asked for', () => {
    const whole = snippetRegion(source, 'a.ts');
    expect(whole).not.toContain('#region');
    expect(whole.startsWith("import { it } from 'vitest';")).toBe(true);
  });

  it('names the file, the missing region and those that there are', () => {
    expect(() => snippetRegion(source, 'a.ts', 'stop')).toThrow(
      new SnippetError(
        'a.ts has no region “stop”. It has start, inner, open. Mark the lines with “// #region stop” and “// #endregion stop”, or correct the name.',
      ),
    );
  });

  it('asks for an end where a region has none', () => {
    expect(() => snippetRegion(source, 'a.ts', 'open')).toThrow('Put “// #endregion open” after its last line.');
  });

  it('understands the comments of Python and SQL', () => {
    expect(snippetRegion('# #region a\nx = 1\n# #endregion a', 'a.py', 'a')).toBe('x = 1');
    expect(snippetRegion('-- #region a\nselect 1\n-- #endregion a', 'a.sql', 'a')).toBe('select 1');
  });
});
