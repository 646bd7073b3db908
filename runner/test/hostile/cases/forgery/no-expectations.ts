// outcome: passed

import { test } from 'vitest';

test('expects nothing', () => {});
