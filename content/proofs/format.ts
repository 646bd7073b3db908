/**
 * The folder format of a proof: an experiment that readers run from a misconception’s page.
 *
 * ```
 * content/proofs/<slug>/          the misconception’s slug
 *   proof.json                    proofFileSchema
 *   experiment.test.ts            what happens; it tells it with ../show.ts and finds PostgreSQL in ../database.ts
 *   recorded.json                 what happened last, written by npm run proofs:record
 * ```
 * An experiment runs as a submission does: same queue, same sandbox, same stream. Nothing of it is a reader’s but the file
 * that `variation` names.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type ExerciseDefinition, ExerciseFormatError, type Files } from '../../exercises/format.ts';

export const proofFileSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().min(3).max(100).describe('What the experiment does, as a heading.'),
  summary: z.string().min(20).max(400).describe('What is done and what to look for, before it runs.'),
  variation: z
    .strictObject({
      file: z.string().describe('The file that holds what the reader typed.'),
      label: z.string().describe('What to type.'),
      example: z.string().describe('Stands in the field at first.'),
    })
    .optional(),
});

export const recordedSchema = z.strictObject({
  on: z.iso.date(),
  ms: z.int().describe('From the start of the run to its verdict.'),
  versions: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  notes: z.array(z.string()),
});
export type Recorded = z.infer<typeof recordedSchema>;

export type ProofDefinition = z.infer<typeof proofFileSchema> & { slug: string; files: Files };

/** Reads every proof under `root` (the `content/proofs` folder). Throws {@link ExerciseFormatError}. */
export async function loadProofs(root: string): Promise<ProofDefinition[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const shared = await filesOf(root, ['show.ts', 'database.ts']);
  const slugs = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    slugs.sort().map(async (slug) => {
      const path = `content/proofs/${slug}/proof.json`;
      const about = proofFileSchema.safeParse(JSON.parse(await readFile(join(root, slug, 'proof.json'), 'utf8')));
      if (!about.success) {
        const [issue] = about.error.issues;
        throw new ExerciseFormatError(
          path,
          `${issue?.path.join('.')}: ${issue?.message}`,
          'See content/proofs/format.ts.',
        );
      }
      const names = (await readdir(join(root, slug))).filter((name) => name.endsWith('.ts'));
      if (!names.includes('experiment.test.ts')) {
        throw new ExerciseFormatError(`content/proofs/${slug}`, 'has no experiment.test.ts', 'Add the experiment.');
      }
      return {
        ...about.data,
        slug,
        files: {
          ...shared,
          ...(await filesOf(
            root,
            names.map((name) => `${slug}/${name}`),
          )),
        },
      };
    }),
  );
}

/** A proof as what the grader runs: one implementation, no bugs, and at most one file to submit. */
export function proofAsExercise({ slug, title, summary, variation, files }: ProofDefinition): ExerciseDefinition {
  const starter = variation ? { [variation.file]: '' } : {};
  return {
    slug: proofSlug(slug),
    title,
    summary,
    kind: 'proof',
    level: 'introductory',
    minutes: 5,
    practises: [],
    lesson: '',
    misconceptions: [slug],
    brief: '',
    languages: {
      typescript: {
        starter,
        solution: starter,
        discussion: '',
        given: files,
        references: [{ id: 'experiment', title: 'The experiment', files }],
        mutants: [],
        checks: [],
        wrong: [],
      },
    },
  };
}

/** What a proof is submitted as. No exercise has a “/” in its slug. */
export function proofSlug(slug: string): string {
  return `proofs/${slug}`;
}

async function filesOf(folder: string, names: readonly string[]): Promise<Record<string, string>> {
  const pairs = names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(pairs));
}
