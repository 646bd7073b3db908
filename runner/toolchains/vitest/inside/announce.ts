/** A setup file of every run: tells the runner which test begins, so that one that never ends can be named. */
import { writeSync } from 'node:fs';
import { beforeEach } from 'vitest';

// Taken now, before a test file could put something else in its place.
const write = writeSync;

beforeEach(({ task }) => {
  const names = [task.name];
  for (let suite = task.suite; suite; suite = suite.suite) names.unshift(suite.name);
  try {
    write(3, `${JSON.stringify({ type: 'running', name: names.join(' > ') })}\n`);
  } catch {
    // The runner is slower than the tests; the result that follows waits for it.
  }
});
