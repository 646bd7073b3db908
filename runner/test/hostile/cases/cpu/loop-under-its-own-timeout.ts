// outcome: timed-out

import { test } from 'vitest';

test('a time limit that a synchronous loop never looks at', async () => {
  for (;;);
}, 50);
