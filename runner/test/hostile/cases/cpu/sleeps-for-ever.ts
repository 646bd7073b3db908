// outcome: timed-out

import { test } from 'vitest';

test('waits', async () => {
  await new Promise(() => setInterval(() => {}, 1000));
}, 600000);
