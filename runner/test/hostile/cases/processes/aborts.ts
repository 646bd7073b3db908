// outcome: failed

import { test } from 'vitest';

test('dumps core', async () => {
  process.abort();
});
