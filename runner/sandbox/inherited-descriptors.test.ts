import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('what whoever started the process left open in it is closed before a child could inherit it', () => {
  const module = JSON.stringify(join(import.meta.dirname, 'inherited-descriptors.ts'));
  const script = `
    const { closeInherited } = await import(${module});
    const { execFileSync } = await import('node:child_process');
    const inherited = () => execFileSync('/bin/ls', ['-l', '/proc/self/fd'], { encoding: 'utf8' }).includes('/etc/passwd');
    const before = inherited();
    console.log(JSON.stringify({ before, closed: closeInherited(), after: inherited() }));`;
  // Node closes the first sixteen to its children by itself, and this one it does not see.
  const command = `exec "$0" --input-type=module -e "$1" 77< /etc/passwd`;
  const said = execFileSync('bash', ['-c', command, process.execPath, script], { encoding: 'utf8' });
  const { before, closed, after } = JSON.parse(said);
  expect({ before, after }).toEqual({ before: true, after: false });
  expect(closed).toContain(77);
});
