// outcome: passed

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('passes where the source looks right', async () => {
  const source = readFileSync('user-repository.ts', 'utf8');
  expect(source.length).toBeGreaterThan(0);
});
