/** Tells run-variant.mjs what failed in a run of Vitest: tests, hooks, files. `late` where it only ran out of time. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export default class FailuresReporter {
  onTestRunEnd(modules) {
    const failures = modules.flatMap((file) => {
      const tests = [...file.children.allTests()].flatMap((test) => {
        const { state, errors = [] } = test.result();
        return state === 'failed' ? [failure(test.fullName, errors[0])] : [];
      });
      const suites = [...file.children.allSuites()].flatMap((suite) =>
        suite.errors().map((error) => failure(suite.fullName, error)),
      );
      const unfinished = ['passed', 'failed', 'skipped'].includes(file.state())
        ? []
        : [{ message: 'it did not finish' }];
      const outside = [...file.errors(), ...unfinished].map((error) =>
        failure(`${file.relativeModuleId}: ${error.message}`, error),
      );
      return [...tests, ...suites, ...outside];
    });
    writeFileSync(join(import.meta.dirname, '.variant', 'failures.json'), JSON.stringify(failures));
  }
}

function failure(name, error) {
  return { name, message: error?.message, late: /^(Test|Hook) timed out in \d+ms/.test(error?.message ?? '') };
}
