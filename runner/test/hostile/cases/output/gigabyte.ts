// outcome: output-limit

import { test } from 'vitest';

test('prints without end', async () => {
  for (;;) {
    await new Promise((resolve) =>
      process.stdout.write('all work and no play makes a dull log\n'.repeat(1000), resolve),
    );
  }
}, 600000);
