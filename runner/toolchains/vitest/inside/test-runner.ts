/**
 * Vitest's own test runner, which tells the runner besides which test begins and which has ended, and waits until it
 * knows. What a test sends to its containers can then be told from what others send, and a test that never ends can be
 * named.
 */
import { type RunnerTestCase, TestRunner, type TestTryOptions } from 'vitest';
import { resultsOfThisRun } from './worker.ts';

export default class AnnouncingRunner extends TestRunner {
  override async onBeforeTryTask(test: RunnerTestCase, options: TestTryOptions): Promise<void> {
    await resultsOfThisRun().turn('running', test);
    super.onBeforeTryTask(test, options);
  }

  override async onAfterRetryTask(test: RunnerTestCase, options: TestTryOptions): Promise<void> {
    await super.onAfterRetryTask(test, options);
    await resultsOfThisRun().turn('ran', test);
  }

  override onAfterRunTask(test: RunnerTestCase): void {
    super.onAfterRunTask(test);
    resultsOfThisRun().tell(test);
  }
}
