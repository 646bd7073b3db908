// outcome: timed-out
// reason: in the test “never ends”

import { test } from 'vitest';

test('never ends', async () => {
  for (;;);
});
