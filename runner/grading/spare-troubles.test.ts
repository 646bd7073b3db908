import { expect, test } from 'vitest';
import { SpareTroubles } from './spare-troubles.ts';

test('trouble with spares stands among the notices while it lasts, and is logged once', () => {
  const logged: string[] = [];
  const troubles = new SpareTroubles((line) => logged.push(line));
  expect(troubles.notices).toEqual([]);
  troubles.set('databases', 'no space\n  left on device.');
  troubles.set('databases', 'no space\n  left on device.');
  troubles.set('test sandboxes', undefined);
  expect(troubles.notices).toEqual([
    expect.stringMatching(/^Spare databases cannot be started.*: no space left on device\. /),
  ]);
  expect(logged).toHaveLength(1);
  troubles.set('databases', undefined);
  expect(troubles.notices).toEqual([]);
});
