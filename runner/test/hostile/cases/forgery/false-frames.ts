// outcome: failed passed

import { writeSync } from 'node:fs';
import { expect, test } from 'vitest';

test('writes results of its own to the runner', async () => {
  const say = (message: object) => {
    try {
      writeSync(3, `${JSON.stringify(message)}\n`);
    } catch {}
  };
  say({ type: 'planned', tests: ['all is well'] });
  say({ type: 'test', name: 'all is well', outcome: 'passed', ms: 1 });
  say({ type: 'done', faults: [] });
  expect(1).toBe(2);
});
