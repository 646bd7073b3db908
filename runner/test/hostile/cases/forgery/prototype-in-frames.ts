// outcome: failed passed

import { writeSync } from 'node:fs';
import { expect, test } from 'vitest';

test('sends a message that would pollute the runner', async () => {
  writeSync(
    3,
    '{"type":"test","name":"__proto__","outcome":"passed","ms":1,"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}\n',
  );
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
