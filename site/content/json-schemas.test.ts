import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('editors complete from the schemas that the loaders use', () => {
  const script = join(import.meta.dirname, 'write-schemas.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect(status, stdout + stderr).toBe(0);
});
