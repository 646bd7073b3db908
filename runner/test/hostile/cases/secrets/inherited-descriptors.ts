// outcome: passed

import { readdirSync, readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';

test('reads every descriptor that it was given', async () => {
  for (const name of readdirSync('/proc/self/fd')) {
    try {
      const target = readlinkSync(`/proc/self/fd/${name}`);
      console.log(name, target);
      if (/^\/(?!dev|proc|box|tmp|usr|run\/boundary)/.test(target))
        console.log(`LEAK: descriptor ${name} is ${target}`);
    } catch {}
  }
  expect(1).toBe(1);
});
