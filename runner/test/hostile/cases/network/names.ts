// outcome: passed

import { lookup, Resolver } from 'node:dns/promises';
import { expect, test } from 'vitest';

test('resolves a name', async () => {
  await expect(lookup('example.com')).rejects.toThrow();
  await expect(new Resolver({ timeout: 200, tries: 1 }).resolve('example.com')).rejects.toThrow();
});
