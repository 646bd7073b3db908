import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { ExerciseFormatError, loadExercise } from './format.ts';

const json = (value: object) => JSON.stringify(value);
const hints = ['What happens here.', 'Where to look at.', 'What it must do.'];
const about = { level: 'introductory', minutes: 10, practises: ['this'], lesson: 'that', kind: 'write-code' };
const sound: Record<string, string> = {
  'exercise.json': json({ ...about, title: 'Sum', summary: 'Adds numbers, and nothing but numbers.' }),
  'brief.md': 'Add.',
  'typescript/solution.md': 'So.',
  'typescript/starter/sum.ts': '0',
  'typescript/solution/sum.ts': '1',
  'typescript/given/numbers.ts': '2',
  'typescript/checks/adds/check.json': json({ title: 'It adds', core: true, hints }),
  'typescript/checks/adds/adds.test.ts': '3',
  'typescript/wrong/one/wrong.json': json({ title: 'Only one', failsOn: ['adds'] }),
  'typescript/wrong/one/sum.ts': '4',
};

async function load(changes: Record<string, string | undefined> = {}) {
  const root = await mkdtemp(join(tmpdir(), 'boundary-format-'));
  try {
    for (const [path, text] of Object.entries({ ...sound, ...changes })) {
      if (text === undefined) continue;
      await mkdir(dirname(join(root, 'sum', path)), { recursive: true });
      await writeFile(join(root, 'sum', path), text);
    }
    return await loadExercise(root, 'sum');
  } finally {
    await rm(root, { recursive: true });
  }
}

it('reads checks and wrong submissions where code is asked for', async () => {
  const { kind, languages } = await load();
  expect(kind).toBe('write-code');
  expect(languages.typescript).toMatchObject({ given: { 'numbers.ts': '2' }, references: [], mutants: [] });
  const [check] = languages.typescript.checks;
  expect(check).toMatchObject({ id: 'adds', tests: { 'adds.test.ts': '3' } });
  expect(check?.files).toEqual({ 'numbers.ts': '2', 'adds.test.ts': '3' });
  expect(languages.typescript.wrong).toMatchObject([{ id: 'one', failsOn: ['adds'], files: { 'sum.ts': '4' } }]);
});

it.each([
  [
    'a check without a test',
    { 'typescript/checks/adds/adds.test.ts': undefined },
    'sum/typescript/checks/adds: holds no test. Add a file whose name ends in .test.ts.',
  ],
  [
    'no core check',
    { 'typescript/checks/adds/check.json': json({ title: 'It adds', core: false, hints }) },
    'sum/typescript/checks: holds no core check, so that anything would pass. Add checks/<id>/ with check.json and a test file.',
  ],
  [
    'a check that takes the place of the solver’s file',
    { 'typescript/checks/adds/sum.ts': '' },
    'sum/typescript/checks/adds: holds sum.ts, which the solver sees, and would lose to it or take its place. Give each file a path of its own.',
  ],
  [
    'a mistake that no check is named for',
    { 'typescript/wrong/one/wrong.json': json({ title: 'Only one', failsOn: ['ads'] }) },
    'sum/typescript/wrong/one/wrong.json: failsOn names no check: ads. Use adds.',
  ],
  [
    'a mistake in a file that the solution has not',
    { 'typescript/wrong/one/other.ts': '' },
    'sum/typescript/wrong/one: holds other.ts, which the solution has not. Put the mistaken copy of sum.ts there.',
  ],
])('says how to mend %s', async (_, changes, message) => {
  await expect(load(changes)).rejects.toThrow(new ExerciseFormatError(...parts(message)));
});

/** File, problem and mend of a message. */
function parts(message: string): [string, string, string] {
  const [, file = '', problem = '', mend = ''] = /^(\S+): (.*?)\. ([A-Z].*)$/.exec(message) ?? [];
  return [file, problem, mend];
}

it.each([
  [
    'rules where nothing is mended',
    { rules: [{ rule: 'rowsLeft', atMost: 0, hints }] },
    'has rules or conditions, and is write-code',
  ],
  ['a kind that says so, and no rule', { kind: 'mend-suite' }, 'is mend-suite, and has no rule and no condition'],
  [
    'rows that nobody could be told to have left',
    { kind: 'mend-suite', rules: [{ rule: 'rowsLeft', atMost: 0, hints }] },
    'has the rule rowsLeft, and a reference with atOnce',
  ],
])('refuses %s', async (name, change, message) => {
  const exercise = { ...about, title: 'Sum', summary: 'Adds numbers, and nothing but numbers.', ...change };
  const conditions = name.startsWith('rows') ? { conditions: { atOnce: true } } : {};
  const reference = { title: 'Plain', ...conditions };
  const files = {
    'exercise.json': json(exercise),
    'typescript/references/plain/reference.json': json(reference),
    'typescript/references/plain/sum.ts': '5',
  };
  await expect(load(files)).rejects.toThrow(message);
});
