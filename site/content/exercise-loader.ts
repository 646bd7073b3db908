import { fileURLToPath } from 'node:url';
import type { Loader, LoaderContext } from 'astro/loaders';
import { type ExerciseDefinition, type Files, loadExercises } from '../../exercises/format.ts';

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
  const { starter, references, mutants } = languages.typescript;
  return {
    ...about,
    starter: list(starter),
    subject: list(references[0].files),
    references: references.map(({ id, title }) => ({ id, title })),
    mutants: mutants.map(({ id, title, core, hints, misconception }) => ({ id, title, core, hints, misconception })),
  };
}

async function answersOf({ languages }: ExerciseDefinition, renderMarkdown: LoaderContext['renderMarkdown']) {
  const { solution, discussion, references, mutants } = languages.typescript;
  return {
    solution,
    discussion: (await renderMarkdown(discussion)).html,
    references: references.map(({ id, title, files }) => ({ id, title, files })),
    mutants: mutants.map(({ id, base, changed }) => ({ id, base, changed })),
  };
}

function list(files: Files) {
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}
