// outcome: output-limit failed timed-out memory-limit

import { expect, test } from 'vitest';

for (let index = 0; index < 1_000_000; index++) test(`number ${index}`, () => expect(1).toBe(1));
