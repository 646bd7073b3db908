import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorCatalogue, ServiceError } from './errors.ts';

const codes = Object.keys(errorCatalogue) as ErrorCode[];
const page = readFileSync(join(import.meta.dirname, '..', 'content', 'docs', 'errors.md'), 'utf8');
const documented = [...page.matchAll(/^### `([^`]+)`\n\n\*\*(.+?)\*\*\s(.*)$/gm)].map(([, code, title, status]) => ({
  code,
  title,
  status,
}));

describe('the catalogue and content/docs/errors.md', () => {
  it('name the same codes, titles and statuses, in the same order', () => {
    expect(documented).toEqual(
      codes.map((code) => {
        const { status, title } = errorCatalogue[code];
        return { code, title: `${title}.`, status: status === null ? 'Stops the runner.' : `HTTP ${status}.` };
      }),
    );
  });

  it('say more about each code than its title', () => {
    for (const section of page.split(/^### /m).slice(1)) {
      expect(section.split('\n\n').slice(2).join(' ').length, section.split('\n')[0]).toBeGreaterThan(40);
    }
  });

  it('hold no code that nothing raises', () => {
    const sources = globSync(['app.ts', 'server.ts', 'config.ts', '{routes,runs,store}/**/*.ts'], {
      cwd: import.meta.dirname,
    }).filter((file) => !file.endsWith('.test.ts'));
    const text = sources.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join('\n');
    expect(codes.filter((code) => !text.includes(`'${code}'`))).toEqual([]);
  });
});

describe('ServiceError', () => {
  it('fills in its message, and leaves braces that are no parameter alone', () => {
    const error = new ServiceError('run-not-found');
    expect(error.message).toContain('“Authorization: Bearer {key}”');
    expect(new ServiceError('exercise-not-found', { exercise: 'x' }).message).toContain('“x”');
  });

  it('keeps its cause', () => {
    const cause = new Error('deep');
    expect(new ServiceError('internal', {}, { cause }).cause).toBe(cause);
  });
});
