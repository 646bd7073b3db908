import type { RunnerTask, RunnerTestCase, RunnerTestFile, TestError } from 'vitest';
import type { Failure, HostMessage } from '../messages.ts';
import { maxTextLength } from '../text-length.ts';
import { fullName } from './names.ts';
import { type RunRound, wordsOf } from './round-words.ts';
import { placesIn } from './stack-places.ts';

/** Tells the runner of each test as it ends, and at the end of what failed outside of tests. */
export class Results {
  readonly #root: string;
  readonly #say: (message: HostMessage) => void;
  readonly #nextTurn: () => Promise<void>;
  readonly #files: RunnerTestFile[] = [];
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #told = new Set<string>();
  readonly #unhandled: unknown[] = [];
  readonly #faults: { where: string; error: unknown }[] = [];
  #round: RunRound | undefined;
  #failed = false;

  /**
   * @param root the folder of the submission's files
   * @param say tells the runner
   * @param nextTurn resolves once the runner has acknowledged what is said next
   */
  constructor(root: string, say: (message: HostMessage) => void, nextTurn: () => Promise<void>) {
    this.#root = root;
    this.#say = say;
    this.#nextTurn = nextTurn;
  }

  /** A test begins, or has ended with its hooks. Resolves once the runner knows. */
  async turn(type: 'running' | 'ran', test: RunnerTestCase): Promise<void> {
    const acknowledged = this.#nextTurn();
    if (type === 'running' && this.#round?.begun.at(-1) !== test.name) this.#round?.begun.push(test.name);
    this.#say({ type, name: fullName(test) });
    await acknowledged;
  }

  /** The tests of these files are known. */
  plan(files: readonly RunnerTestFile[]): void {
    this.#files.push(...files);
    for (const file of files) this.#say({ type: 'planned', tests: testsIn(file).map((test) => this.#nameOf(test)) });
  }

  /** A test has ended, its hooks too. Told once. */
  tell(test: RunnerTestCase): void {
    if (this.#told.has(test.id)) return;
    this.#told.add(test.id);
    const { state, errors, duration } = test.result ?? {};
    const [error] = errors ?? [];
    this.#say({
      type: 'test',
      name: this.#nameOf(test),
      outcome: state === 'pass' ? 'passed' : state === 'fail' ? 'failed' : 'skipped',
      ms: duration ?? 0,
      ...(error ? { failure: this.#describe(error) } : {}),
    });
    this.#failed ||= state === 'fail';
  }

  /** Something was thrown, or rejected, that no test waits for. */
  unhandled(error: unknown): void {
    this.#unhandled.push(error);
  }

  /** The files are about to be run, perhaps once more. */
  beginRound(round: Omit<RunRound, 'begun'>): void {
    this.#round = { ...round, begun: [] };
    this.#files.length = 0;
    this.#told.clear();
  }

  /** All has run. Tells whether anything failed. */
  endRound(): boolean {
    for (const file of this.#files) {
      for (const test of testsIn(file)) this.tell(test);
      this.#faults.push(...suitesIn(file).flatMap((suite) => this.#errorsOf(suite)));
    }
    return this.#failed || this.#faults.length + this.#unhandled.length > 0;
  }

  /** Nothing more will run. */
  finish(): void {
    const outside = this.#unhandled.map((error) => ({ where: 'outside of any test', error }));
    const told = [...this.#faults, ...outside]
      .slice(0, 100)
      .map(({ where, error }) => ({ where, ...this.#describe(error as TestError) }));
    this.#say({ type: 'done', faults: told });
  }

  /** Tests that share a name, as those of `it.each` do whose title has no placeholder: the second is “title #2”. */
  #nameOf(test: RunnerTestCase): string {
    const known = this.#names.get(test.id);
    if (known !== undefined) return known;
    const name = fullName(test);
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    const unique = count === 1 ? name : `${name} #${count}`;
    this.#names.set(test.id, unique);
    return unique;
  }

  #errorsOf(suite: RunnerTask): { where: string; error: unknown }[] {
    const where = 'filepath' in suite ? suite.name : fullName(suite);
    return (suite.result?.errors ?? []).map((error) => ({ where, error }));
  }

  #describe(error: TestError): Failure {
    const message = String(error?.message ?? error);
    const at =
      this.#placeOf((error as { loc?: unknown } | undefined)?.loc) ??
      placesIn(String(error?.stack ?? ''), this.#root)[0];
    const round = this.#round ? wordsOf(this.#round) : '';
    return {
      message: `${message.slice(0, maxTextLength - round.length)}${round}`,
      ...textField('expected', error?.expected),
      ...textField('actual', error?.actual),
      ...(at ? { at } : {}),
      timeout: /^(Test|Hook) timed out in \d+ms/.test(message),
    };
  }

  /** Where a compiler says that a file is wrong. */
  #placeOf(loc: unknown): Failure['at'] {
    const { file, line, column } = (loc ?? {}) as { file?: unknown; line?: unknown; column?: unknown };
    if (typeof file !== 'string' || !Number.isInteger(line) || !Number.isInteger(column)) return undefined;
    return { file: file.slice(this.#root.length + 1), line: line as number, column: column as number };
  }
}

function testsIn(task: RunnerTask): RunnerTestCase[] {
  return task.type === 'suite' ? task.tasks.flatMap(testsIn) : [task];
}

function suitesIn(task: RunnerTask): RunnerTask[] {
  return task.type === 'suite' ? [task, ...task.tasks.flatMap(suitesIn)] : [];
}

function textField<K extends 'expected' | 'actual'>(key: K, value: unknown): { [key in K]?: string } {
  return typeof value === 'string' ? ({ [key]: value.slice(0, maxTextLength) } as { [key in K]?: string }) : {};
}
