// outcome: failed passed

import { expect, test } from 'vitest';

test('takes the others out of the suite', ({ task }) => {
  task.suite?.tasks.splice(0);
  task.file.tasks.splice(0);
});
test('would fail', () => expect(1).toBe(2));
