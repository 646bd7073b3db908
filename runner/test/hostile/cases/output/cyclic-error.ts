// outcome: failed

import { test } from 'vitest';

test('throws what cannot be printed', async () => {
  const cyclic: Record<string, unknown> = {
    toString: () => {
      throw new Error('again');
    },
  };
  cyclic.self = cyclic;
  Object.defineProperty(cyclic, 'message', {
    get: () => {
      throw new Error('no message');
    },
  });
  throw cyclic;
});
