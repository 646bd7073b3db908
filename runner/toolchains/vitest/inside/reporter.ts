import type { TestError } from 'vitest';
import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';
import type { Failure } from '../messages.ts';
import { maxTextLength } from '../text-length.ts';
import { say } from './frames.ts';

/** Tells the runner of each test as it ends, and at the end of what failed outside of tests. */
export function streamingReporter(root: string): Reporter {
  const names = new UniqueNames();
  return {
    onTestModuleCollected(module) {
      say({ type: 'planned', tests: [...module.children.allTests()].map((test) => names.of(test)) });
    },
    onTestCaseResult(test) {
      const { state, errors } = test.result();
      const [error] = errors ?? [];
      say({
        type: 'test',
        name: names.of(test),
        outcome: state === 'pending' ? 'skipped' : state,
        ms: test.diagnostic()?.duration ?? 0,
        ...(error ? { failure: describe(error, root) } : {}),
      });
    },
    onTestRunEnd(modules, unhandled) {
      const faults = modules.flatMap((module) => [module, ...module.children.allSuites()].flatMap(errorsOf));
      for (const error of unhandled as readonly TestError[]) faults.push({ where: 'outside of any test', error });
      say({
        type: 'done',
        faults: faults.slice(0, 100).map(({ where, error }) => ({ where, ...describe(error, root) })),
      });
    },
  };
}

/** Names for tests that share one, as those of `it.each` do whose title has no placeholder: the second is “title #2”. */
class UniqueNames {
  readonly #byId = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  of(test: TestCase): string {
    const known = this.#byId.get(test.id);
    if (known !== undefined) return known;
    const name = nameOf(test);
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    const unique = count === 1 ? name : `${name} #${count}`;
    this.#byId.set(test.id, unique);
    return unique;
  }
}

function errorsOf(place: TestModule | TestSuite): { where: string; error: TestError }[] {
  const where = place.type === 'module' ? place.relativeModuleId : nameOf(place);
  return place.errors().map((error) => ({ where, error: error as TestError }));
}

/** Suites and title, joined as Vitest's own output joins them. */
function nameOf(task: TestCase | TestSuite): string {
  const names = [task.name];
  for (let parent = task.parent; parent.type === 'suite'; parent = parent.parent) names.unshift(parent.name);
  return names.join(' > ');
}

function describe(error: TestError, root: string): Failure {
  const message = String(error.message ?? error);
  const frame = error.stacks?.find(({ file }) => file.startsWith(`${root}/`));
  return {
    message: message.slice(0, maxTextLength),
    ...textField('expected', error.expected),
    ...textField('actual', error.actual),
    ...(frame ? { at: { file: frame.file.slice(root.length + 1), line: frame.line, column: frame.column } } : {}),
    timeout: /^(Test|Hook) timed out in \d+ms/.test(message),
  };
}

function textField<K extends 'expected' | 'actual'>(key: K, value: unknown): { [key in K]?: string } {
  return typeof value === 'string' ? ({ [key]: value.slice(0, maxTextLength) } as { [key in K]?: string }) : {};
}
