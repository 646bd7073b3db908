import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { loadExercise } from '../../exercises/format.ts';
import { exerciseScaffold } from './scaffold/exercise.ts';

it('an exercise begins as one that its loader takes, with a bug that changes its base', async () => {
  const root = await mkdtemp(join(tmpdir(), 'boundary-new-'));
  try {
    for (const [path, text] of Object.entries(exerciseScaffold('shopping-notes'))) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    const { languages } = await loadExercise(join(root, 'exercises'), 'shopping-notes');
    const { references, mutants } = languages.typescript;
    expect(references.map(({ id }) => id)).toEqual(['plain', 'sorted-here']);
    for (const { base, files } of mutants) {
      expect(files).not.toEqual(references.find(({ id }) => id === base)?.files);
    }
  } finally {
    await rm(root, { recursive: true });
  }
});
