import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configFields, parseConfig } from './config.ts';
import { temporaryFolder } from './test/web/temporary-folder.ts';

describe('parseConfig', () => {
  it('takes the documented defaults where nothing is set, and freezes them', () => {
    const config = parseConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 4321,
      databaseUrl: undefined,
      variantWallMs: 20_000,
      runWallMs: 60_000,
      memoryBytes: 1_073_741_824,
      submissionBytes: 262_144,
      webSocketFrameBytes: 65_536,
    });
    expect(config.workers).toBeGreaterThanOrEqual(1);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('takes an empty variable for an unset one, and a path from the working directory', () => {
    expect(parseConfig({ PORT: '', DATA_DIR: 'somewhere' })).toMatchObject({
      port: 4321,
      dataDir: join(process.cwd(), 'somewhere'),
    });
    expect(parseConfig({ PUBLIC_ORIGIN: 'https://learn.example.org/' }).publicOrigin).toBe('https://learn.example.org');
  });

  it.each([
    ['PORT', '65536', 'a whole number from 0 to 65535 is needed'],
    ['PORT', '80.5', 'a whole number from 0 to 65535 is needed'],
    ['PORT', '0x50', 'a whole number from 0 to 65535 is needed'],
    ['WORKERS', '0', 'a whole number from 1 to 256 is needed'],
    ['LOG_LEVEL', 'loud', 'one of fatal'],
    ['DATABASE_URL', 'mysql://db', 'postgres://'],
    ['PUBLIC_ORIGIN', 'learn.example.org', 'https://learn.example.org'],
  ])('names the variable, the value and the mend: %s=%s', (variable, value, problem) => {
    expect(() => parseConfig({ [variable]: value })).toThrow(
      expect.objectContaining({ code: 'config-invalid', message: expect.stringContaining(problem) }),
    );
    expect(() => parseConfig({ [variable]: value })).toThrow(`${variable} is “${value}”`);
    expect(() => parseConfig({ [variable]: value })).toThrow('leave it unset');
  });

  it('tells no secret in its errors', () => {
    expect(() => parseConfig({ COOKIE_SECRET: 'too short' })).toThrow(/^(?!.*too short)/);
    expect(() => parseConfig({ DATABASE_URL: 'http://me:hush@db/x' })).toThrow(/^(?!.*hush)/);
  });
});

describe('a secret that comes as a file', () => {
  it('is read, less white space; both ways at once, and a file that is not there, are refused', () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'secret');
    writeFileSync(path, 'thirty-two characters and some more\n');
    expect(parseConfig({ COOKIE_SECRET_FILE: path }).cookieSecret).toBe('thirty-two characters and some more');
    expect(() => parseConfig({ COOKIE_SECRET_FILE: path, COOKIE_SECRET: 'x'.repeat(32) })).toThrow(
      'Set one of the two',
    );
    expect(() => parseConfig({ COOKIE_SECRET_FILE: `${path}s` })).toThrow('cannot be read: ENOENT');
    writeFileSync(path, 'short and hushed');
    expect(() => parseConfig({ COOKIE_SECRET_FILE: path })).toThrow(/^COOKIE_SECRET is “\(hidden\)”(?!.*hushed)/);
  });
});

describe('content/docs/configuration.md', () => {
  const page = readFileSync(join(import.meta.dirname, '..', 'content', 'docs', 'configuration.md'), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .map(([, env, unit, fallback, reason]) => ({ env, unit, default: fallback, reason }));

  it('shows every field as the schema has it, and no other', () => {
    expect(rows).toEqual(
      configFields.map(({ env, unit, default: fallback, reason }) => ({ env, unit, default: fallback ?? '—', reason })),
    );
  });
});
