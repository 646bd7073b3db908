// outcome: failed

import { test } from 'vitest';

test('doubles a string', async () => {
  let text = 'x';
  for (;;) text += text;
});
