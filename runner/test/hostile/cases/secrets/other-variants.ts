// outcome: passed

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('searches its file system for the solution and the planted bugs', async () => {
  const found = spawnSync(
    'find',
    [
      '/',
      '-xdev',
      '-name',
      'mutant.json',
      '-o',
      '-xdev',
      '-name',
      'reference.json',
      '-o',
      '-xdev',
      '-name',
      'solution',
    ],
    { encoding: 'utf8' },
  ).stdout;
  const inBox = spawnSync('find', ['/box/work', '/box/runner', '/tmp', '/run', '-name', '*'], {
    encoding: 'utf8',
  }).stdout;
  console.log(inBox);
  if (/mutants|references|solution/.test(inBox)) console.log('LEAK: other variants are at hand');
  expect(
    found.split('\n').filter((path) => path !== '' && !path.includes('node_modules') && !path.startsWith('/usr')),
  ).toEqual([]);
});
