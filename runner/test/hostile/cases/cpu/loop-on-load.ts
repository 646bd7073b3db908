// outcome: timed-out
// reason: before the first test began

import { expect, test } from 'vitest';

test('is never planned', () => expect(1).toBe(1));
for (;;);
