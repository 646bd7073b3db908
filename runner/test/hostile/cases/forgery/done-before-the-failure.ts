// outcome: failed passed

import { writeSync } from 'node:fs';
import { test } from 'vitest';

test('says that all is done, then kills the process', async () => {
  writeSync(3, `${JSON.stringify({ type: 'done', faults: [] })}\n`);
  process.kill(process.pid, 'SIGKILL');
});
