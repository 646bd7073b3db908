// outcome: output-limit

import { test } from 'vitest';

test('prints one line of a hundred megabytes', async () => {
  process.stdout.write('x'.repeat(100 << 20));
  await new Promise(() => {});
}, 600000);
