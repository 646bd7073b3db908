import { tmpdir } from 'node:os';
import { expect, type SerializedConfig, test } from 'vitest';
import { createVitest } from 'vitest/node';
import { workerConfig } from './worker-config.ts';

/** As JSON has it, without what is this sandbox's own, what differs each time, and what only a browser reads. */
function comparable({
  runner: _runner,
  pool: _pool,
  browser: _browser,
  standalone: _standalone,
  sequence,
  ...rest
}: SerializedConfig) {
  return JSON.parse(JSON.stringify({ ...rest, hooks: sequence.hooks }));
}

test('is what the installed Vitest tells its worker', async () => {
  const vitest = await createVitest({
    root: tmpdir(),
    config: false,
    watch: false,
    isolate: false,
    fileParallelism: false,
    maxWorkers: 1,
    globals: true,
    passWithNoTests: true,
    disableConsoleIntercept: true,
    fsModuleCache: false,
    // As a build server has them; this machine may be none.
    allowOnly: false,
    update: 'none',
    retry: 0,
    reporters: [],
  });
  try {
    const theirs = vitest.projects[0]?.serializedConfig ?? expect.fail('no project');
    expect(comparable(workerConfig(tmpdir(), ''))).toEqual(comparable(theirs));
  } finally {
    await vitest.close();
  }
}, 60_000);
