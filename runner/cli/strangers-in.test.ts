import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../test/web/temporary-folder.ts';
import { strangersIn } from './strangers-in.ts';

it('tells what is the runner’s own in a data folder from what root must not give away', () => {
  using folder = temporaryFolder();
  expect(strangersIn(join(folder.path, 'not-there'))).toEqual([]);
  for (const name of ['postgres', 'postgres.unfinished', 'postgres.set-aside-2026-11-27', 'lost+found']) {
    mkdirSync(join(folder.path, name));
  }
  for (const name of ['cookie-secret', 'cookie-secret.17', 'runner.lock']) writeFileSync(join(folder.path, name), '');
  expect(strangersIn(folder.path)).toEqual([]);
  mkdirSync(join(folder.path, 'www'));
  expect(strangersIn(folder.path)).toEqual(['www']);
});
