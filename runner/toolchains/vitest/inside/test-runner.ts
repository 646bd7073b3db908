/**
 * Vitest's own test runner, which tells the runner besides which test begins and which has ended, and waits until it
 * knows. What a test sends to its containers can then be told from what others send, and a test that never ends can be
 * named.
 */
import { type RunnerTestCase, TestRunner, type TestTryOptions } from 'vitest';
import { say } from './frames.ts';
import { fullName } from './names.ts';
import { nextTurn } from './turns.ts';
import { results } from './worker.ts';

export default class AnnouncingRunner extends TestRunner {
  override async onBeforeTryTask(test: RunnerTestCase, options: TestTryOptions): Promise<void> {
    await announce('running', test);
    super.onBeforeTryTask(test, options);
  }

  override async onAfterRetryTask(test: RunnerTestCase, options: TestTryOptions): Promise<void> {
    await super.onAfterRetryTask(test, options);
    await announce('ran', test);
  }

  override onAfterRunTask(test: RunnerTestCase): void {
    super.onAfterRunTask(test);
    results.tell(test);
  }
}

async function announce(type: 'running' | 'ran', test: RunnerTestCase): Promise<void> {
  const acknowledged = nextTurn();
  say({ type, name: fullName(test) });
  await acknowledged;
}
