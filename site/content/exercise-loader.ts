import { fileURLToPath } from 'node:url';
import type { Loader, LoaderContext } from 'astro/loaders';
import { type ExerciseDefinition, type Files, loadExercises } from '../../exercises/format.ts';
import { writtenTests } from '../workbench/written-tests.ts';

/** Feeds the folders below `exercises/` to the site, their briefs rendered. Throws `ExerciseFormatError`. */
export function exerciseLoader(): Loader {
  return {
    name: 'boundary-exercises',
    async load({ config, store, parseData, renderMarkdown, watcher }) {
      const folder = fileURLToPath(new URL('exercises/', config.root));
      const read = async () => {
        const exercises = await loadExercises(folder);
        const entries = await Promise.all(
          exercises.map(async (exercise) => ({
            id: exercise.slug,
            data: await parseData({
              id: exercise.slug,
              data: { ...shown(exercise), answers: await answersOf(exercise, renderMarkdown) },
            }),
            body: exercise.brief,
            rendered: await renderMarkdown(exercise.brief),
          })),
        );
        store.clear();
        for (const entry of entries) store.set(entry);
      };
      await read();
      watcher?.on('change', (path) => {
        if (path.startsWith(folder)) void read();
      });
    },
  };
}

function shown({ slug: _, brief: __, languages, ...about }: ExerciseDefinition) {
  const { starter, given, references, mutants, checks } = languages.typescript;
  return {
    ...about,
    starter: list(starter),
    subject: list(given),
    references: references.map(({ id, title }) => ({ id, title })),
    mutants: mutants.map(({ id, title, core, hints, misconception }) => ({ id, title, core, hints, misconception })),
    checks: checks.map(({ id, title, core, hints, misconception, tests }) => {
      return { id, title, core, hints, misconception, tests: testsIn(tests) };
    }),
  };
}

/** How many tests these files seem to define. */
function testsIn(files: Files): number {
  return Object.values(files).reduce((sum, text) => sum + writtenTests(text).length, 0);
}

async function answersOf({ languages }: ExerciseDefinition, renderMarkdown: LoaderContext['renderMarkdown']) {
  const { solution, discussion, references, mutants, checks } = languages.typescript;
  return {
    solution,
    discussion: (await renderMarkdown(discussion)).html,
    references: references.map(({ id, title, files, conditions }) => ({ id, title, files, conditions })),
    mutants: mutants.map(({ id, base, changed }) => ({ id, base, changed })),
    checks: checks.map(({ id, tests }) => ({ id, tests })),
  };
}

function list(files: Files) {
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}
