import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../test/web/temporary-folder.ts';

/** A process that keeps what it compiles below `cache`, and sweeps `folder`. */
function sweep(folder: string, cache: string) {
  const script = `
    import module from 'node:module';
    module.enableCompileCache(process.argv[2]);
    const { sweepCodeCache } = await import('${join(import.meta.dirname, 'sweep-code-cache.ts')}');
    await sweepCodeCache(process.argv[1]);
    module.flushCompileCache();`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, folder, cache], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
}

it('what other versions of Node compiled goes, and what this one did stays', () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'v22.0.0-x64-01234567-1000', 'below'), { recursive: true });
  sweep(folder.path, folder.path);
  const [left, ...others] = readdirSync(folder.path);
  expect(left).toContain(process.version);
  expect(others).toEqual([]);
  expect(readdirSync(join(folder.path, left ?? ''))).not.toEqual([]);
});

it('a folder that this process does not use is left alone', () => {
  using folder = temporaryFolder();
  using elsewhere = temporaryFolder();
  mkdirSync(join(folder.path, 'of-somebody-else'));
  sweep(folder.path, elsewhere.path);
  expect(readdirSync(folder.path)).toEqual(['of-somebody-else']);
});
