// outcome: failed
// reason-of-test: EMFILE

import { openSync } from 'node:fs';
import { test } from 'vitest';

test('opens files', async () => {
  for (;;) openSync('/etc/passwd', 'r');
});
