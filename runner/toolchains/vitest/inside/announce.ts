/**
 * A setup file of every run: tells the runner which test begins and which has ended, and waits until it knows. What a test
 * sends to its containers can then be told from what others send, and a test that never ends can be named.
 */
import { afterEach, beforeEach, type TestContext } from 'vitest';
import { say } from './frames.ts';
import { nextTurn } from './turns.ts';

// Destructured, because hooks must name what they use as soon as a learner's test.extend adds fixtures.
const announce =
  (type: 'running' | 'ran') =>
  async ({ task }: TestContext) => {
    const acknowledged = nextTurn();
    say({ type, name: fullName(task) });
    await acknowledged;
  };

beforeEach(announce('running'));
// Hooks that are registered first run last.
afterEach(announce('ran'));

function fullName(task: TestContext['task']): string {
  const names = [task.name];
  for (let suite = task.suite; suite; suite = suite.suite) names.unshift(suite.name);
  return names.join(' > ');
}
