// outcome: failed memory-limit timed-out disk-limit

import { writeFileSync } from 'node:fs';
import { test } from 'vitest';

test('makes empty files', async () => {
  for (let index = 0; ; index++) writeFileSync(`/tmp/${index}`, '');
});
