import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { loadExercise } from '../../exercises/format.ts';
import { codeExerciseScaffold } from './scaffold/code-exercise.ts';
import { exerciseScaffold } from './scaffold/exercise.ts';
import { mendExerciseScaffold } from './scaffold/mend-exercise.ts';

/** What the loader makes of an exercise’s first files. */
async function loaded(files: Record<string, string>) {
  const root = await mkdtemp(join(tmpdir(), 'boundary-new-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    return (await loadExercise(join(root, 'exercises'), 'shopping-notes')).languages.typescript;
  } finally {
    await rm(root, { recursive: true });
  }
}

it('an exercise begins as one that its loader takes, with a bug that changes its base', async () => {
  const { references, mutants } = await loaded(exerciseScaffold('shopping-notes'));
  expect(references.map(({ id }) => id)).toEqual(['plain', 'sorted-here']);
  for (const { base, files } of mutants) {
    expect(files).not.toEqual(references.find(({ id }) => id === base)?.files);
  }
});

it('an exercise that asks for code begins with checks, each of which a mistake fails', async () => {
  const { checks, wrong } = await loaded(codeExerciseScaffold('shopping-notes'));
  expect(new Set(wrong.flatMap(({ failsOn }) => failsOn))).toEqual(new Set(checks.map(({ id }) => id)));
});

it('a suite to mend begins with a rule that its first files break, and a condition', async () => {
  const { references, starter, solution } = await loaded(mendExerciseScaffold('shopping-notes'));
  expect(references.flatMap(({ conditions }) => conditions ?? [])).toMatchObject([{ shuffled: true }]);
  expect(starter['notes.test.ts']).toMatch(/beforeEach\(async \(\) => \{\s+container = await/);
  expect(solution['notes.test.ts']).toMatch(/beforeAll\(async \(\) => \{\s+container = await/);
});
