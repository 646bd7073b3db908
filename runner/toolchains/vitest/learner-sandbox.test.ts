import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { agentProgram, openImageCatalogue } from '../../engine/index.ts';
import { openStage } from '../../grading/rehearsal-stage.ts';
import { makeCompileCache, type SandboxLimits } from '../../sandbox/index.ts';
import { bundleProgram, LearnerSandbox, learnerProgram, type Rehearsal } from './learner-sandbox.ts';
import type { HostMessage } from './messages.ts';

const limits: SandboxLimits = {
  memoryBytes: 1 << 30,
  processes: 256,
  cpuSeconds: 15,
  files: 1024,
  fileBytes: 64 << 20,
  tmpfsBytes: 64 << 20,
};

/** Runs files in a sandbox of their own; a test that does not end with the others makes this wait for its own limit. */
async function run(
  files: Record<string, string>,
  manner: Rehearsal | 'at once' = 'at once',
): Promise<{ messages: HostMessage[]; output: string; rehearsalFault: string | undefined }> {
  await using learner = await LearnerSandbox.launch(limits, 1 << 19, manner);
  const messages: HostMessage[] = [];
  let output = '';
  await new Promise<void>((resolve, reject) => {
    learner.test(
      { files },
      {
        onMessage(message) {
          messages.push(message);
          if (message.type === 'running' || message.type === 'ran') learner.acknowledge();
          if (message.type === 'done') resolve();
        },
        onOutput: (_, chunk) => {
          output += chunk.toString();
        },
        onFault: reject,
      },
    );
    void learner.exited.then(() => reject(new Error(`the sandbox ended: ${output}`)));
  });
  return { messages, output, rehearsalFault: learner.rehearsalFault };
}

const subject = `
export interface Clock { now(): number }
export enum Size { Small, Large }
export class Greeter {
  constructor(private readonly clock: Clock = { now: () => Date.now() }) {}
  greet(name: string): string { return name + '@' + this.clock.now(); }
}
export const fails = () => {
  const lost: { inner?: { value: number } } = {};
  return lost.inner!.value;
};
`;

const suite = `
import { readdirSync, readFileSync as read } from 'node:fs';
import { type Mock, expect as anExpect, it, test as base, vi } from 'vitest';
import settings from './settings.json';
import { Greeter, Size, type Clock, fails } from './greeter.js';
import { answer } from './answer';

vi.mock('./answer', () => ({ answer: vi.fn(() => fixed.value) }));
vi.mock(import('./spied'), { spy: true });
vi.mock('node:os', async (original) => ({ ...(await original<typeof import('node:os')>()), hostname: () => 'mocked' }));
const fixed = vi.hoisted(() => ({ value: 42 }));

const withGreeter = base.extend<{ greeter: Greeter }>({
  greeter: async ({}, use) => { await use(new Greeter({ now: () => 7 })); },
});

describe('what tests may use', () => {
  withGreeter('fixtures', ({ greeter }) => expect(greeter.greet('Ada')).toBe('Ada@7'));
  it('types that compile to code', () => anExpect(Size.Large satisfies Size).toBe(1));
  it('JSON', () => expect(settings).toEqual({ retries: 3 }));
  it.each([[1, 2], [2, 4]])('tables: %i, %i', (one, two) => expect(two).toBe(2 * one));
  it('mocks of files, hoisted', () => { expect(answer()).toBe(42); expect(answer as Mock).toHaveBeenCalledOnce(); });
  it('mocks of builtins', async () => expect((await import('node:os')).hostname()).toBe('mocked'));
  it('spies on modules', async () => { const { twice } = await import('./spied'); expect(twice(2)).toBe(4); expect(twice).toHaveBeenCalledWith(2); });
  it('actual modules', async () => expect((await vi.importActual<typeof import('./answer')>('./answer')).answer()).toBe(0));
  it('fake timers', () => { vi.useFakeTimers({ now: 5 }); expect(new Greeter().greet('x')).toBe('x@5'); vi.useRealTimers(); });
  it('inline snapshots', () => expect({ a: 1 }).toMatchInlineSnapshot('{"a": 1}'.replace('{', '{\\n  ').replace('}', ',\\n}')));
  it('polling', async () => { let n = 0; await expect.poll(() => ++n, { interval: 1 }).toBe(3); });
  it('meta', () => { expect(import.meta.filename).toBe('/box/work/what.test.ts'); expect(read(import.meta.filename, 'utf8')).toContain('meta'); });
  it('nothing that was there before', () => {
    expect(readdirSync('.').sort()).toEqual(['answer.ts', 'greeter.ts', 'second.test.ts', 'settings.json', 'spied.ts', 'what.test.ts']);
    expect(readdirSync('/tmp', { recursive: true })).toEqual([]);
    expect(Object.keys(globalThis).filter((name) => /rehears|subject/i.test(name))).toEqual([]);
  });
  it('no connection to what is gone', async () => {
    const listening = (await read('/proc/net/tcp', 'utf8')).split('\\n').map((line) => line.trim().split(/\\s+/)[3]);
    expect(listening).not.toContain('01');
  });
  it('its own modules once', async () => expect((await import('./greeter')).Size).toBe(Size));
});
it('line of a failure', () => {
  const typed: number = 1;

  expect(typed).toBe(2);
});
it('line of an error in the subject', () => { fails(); });
it.fails('expected failures', () => { throw new Error('as expected'); });
it.skip('skipped', () => {});
it.todo('to do');
it('retried', { retry: 2 }, ({ task }) => { if ((task.result?.retryCount ?? 0) < 1) throw new Error('once'); });
it('prints a stack in lines of the source', () => { console.log(new Error('printed').stack); });
`;

describe('a submission in its sandbox', () => {
  let seen: Awaited<ReturnType<typeof run>>;
  const result = (name: string) => seen.messages.find((one) => one.type === 'test' && one.name === name);

  beforeAll(async () => {
    const files = {
      'what.test.ts': suite,
      'greeter.ts': subject,
      'answer.ts': 'export const answer = () => 0;',
      'spied.ts': 'export const twice = (n: number): number => 2 * n;',
      'settings.json': '{ "retries": 3 }',
      'second.test.ts': "it('is in a file of its own', () => { expect(1).toBe(1); });",
    };
    const images = await openImageCatalogue(join(import.meta.dirname, '..', '..', '..', '.cache', 'clusters'));
    seen = await run(files, (learner) => openStage(learner, images, limits));
    expect(seen.rehearsalFault).toBeUndefined();
  }, 60_000);

  test('has all of Vitest that tests are written with', () => {
    expect(seen.messages.at(-1)).toEqual({ type: 'done', faults: [] });
    expect(seen.messages[0]?.type).toBe('planned');
    const failed = seen.messages.filter((one) => one.type === 'test' && one.outcome === 'failed');
    expect(failed.map((one) => one.type === 'test' && one.name)).toEqual([
      'line of a failure',
      'line of an error in the subject',
    ]);
    expect(seen.messages.filter((one) => one.type === 'test')).toHaveLength(24);
  });

  test('is told of as it was planned, test after test', () => {
    const planned = seen.messages.flatMap((one) => (one.type === 'planned' ? one.tests : []));
    const told = seen.messages.flatMap((one) => (one.type === 'test' ? [one.name] : []));
    expect(told.toSorted()).toEqual(planned.toSorted());
    expect(result('skipped')).toMatchObject({ outcome: 'skipped' });
    expect(result('to do')).toMatchObject({ outcome: 'skipped' });
    expect(result('retried')).toMatchObject({ outcome: 'passed' });
    const turns = seen.messages.flatMap((one) =>
      one.type === 'running' || one.type === 'ran' ? [`${one.type} ${one.name}`] : [],
    );
    // One turn each, and two of the one that is tried twice.
    expect(turns.filter((turn) => turn.startsWith('running'))).toHaveLength(23);
    expect(turns.indexOf('ran line of a failure')).toBe(turns.indexOf('running line of a failure') + 1);
  });

  test('is told in lines of the source where it failed', () => {
    const line = (text: string, of: string) => of.split('\n').findIndex((one) => one.includes(text)) + 1;
    expect(result('line of a failure')).toMatchObject({
      failure: { at: { file: 'what.test.ts', line: line('expect(typed)', suite) }, expected: '2', actual: '1' },
    });
    expect(result('line of an error in the subject')).toMatchObject({
      failure: { at: { file: 'greeter.ts', line: line('lost.inner!', subject) } },
    });
    expect(seen.output).toContain(`/box/work/what.test.ts:${line("new Error('printed')", suite)}:`);
  });
});

test('what cannot be compiled is told with its place', async () => {
  const { messages } = await run({ 'broken.test.ts': "test('a', () => {\n  const x: = 3;\n});" });
  expect(messages.at(-1)).toMatchObject({
    type: 'done',
    faults: [
      {
        where: 'broken.test.ts',
        message: expect.stringMatching(/Unexpected token/),
        at: { file: 'broken.test.ts', line: 2, column: 12 },
      },
    ],
  });
}, 60_000);

test('Testcontainers is one file, and one and the same for all who import it', async () => {
  await makeCompileCache([learnerProgram, agentProgram], bundleProgram);
  const { messages } = await run({
    'bundle.test.ts': `
import { createRequire } from 'node:module';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import { GenericContainer, Wait } from 'testcontainers';

const require = createRequire(import.meta.url);
it('is shared', () => {
  expect(new PostgreSqlContainer('postgres:16-alpine')).toBeInstanceOf(GenericContainer);
  expect(require('testcontainers').Wait).toBe(Wait);
});
it('was not loaded file by file', () => {
  expect(Object.keys(require.cache).filter((path) => path.includes('/node_modules/testcontainers/build/'))).toEqual([
    require.resolve('testcontainers'),
  ]);
});
`,
  });
  expect(
    messages.flatMap((one) => (one.type === 'test' ? [[one.name, one.outcome, one.failure?.message]] : [])),
  ).toEqual([
    ['is shared', 'passed', undefined],
    ['was not loaded file by file', 'passed', undefined],
  ]);
}, 60_000);
