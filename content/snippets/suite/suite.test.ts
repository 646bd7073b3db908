import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseUrl } from './database-url';
import { misplacedTests } from './each-file-once';
import config from './projects.config';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'project-'));
  await mkdir(join(root, 'src'));
  const files = ['price.test.ts', 'users.int.test.ts', 'orders.int.spec.ts'];
  await Promise.all(files.map((file) => writeFile(join(root, 'src', file), '')));
});

afterAll(() => rm(root, { recursive: true }));

// #region misplaced
it('finds the test that no project runs', async () => {
  expect(await misplacedTests(root, join(import.meta.dirname, 'projects.config.ts'))).toEqual({
    'orders.int.spec.ts': [],
  });
}, 60_000);
// #endregion misplaced

it('leaves integration tests the time that a first start takes', () => {
  expect(config.test?.projects).toContainEqual({
    test: expect.objectContaining({ name: 'integration', hookTimeout: 120_000 }),
  });
});

// #region missing
it('does not take a missing database for a reason to skip, on a build server', () => {
  expect(() => databaseUrl({ CI: 'true' })).toThrow('no integration test would run');
  expect(databaseUrl({})).toBeUndefined();
  expect(databaseUrl({ CI: 'true', TEST_DATABASE_URL: 'postgres://…' })).toBe('postgres://…');
});
// #endregion missing
