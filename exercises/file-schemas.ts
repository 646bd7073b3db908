/** The shapes of the JSON files in an exercise's folder. `content/schemas/` is derived from them, for editors. */
import { z } from 'zod';

export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'use lower-case words joined by “-”, such as user-repository');

const hints = z.tuple([z.string().min(10), z.string().min(10), z.string().min(10)]);

/** What is seen of a suite from outside, by the engine and the trace. */
const ruleNameSchema = z.enum(['containersStarted', 'containersLeft', 'connectionsLeftOpen', 'rowsLeft']);

/** What a suite has to keep in every column, whatever becomes of its tests there. */
export const ruleSchema = z.strictObject({
  rule: ruleNameSchema,
  atMost: z.int().min(0).max(100).describe('How many there may be.'),
  hints: hints.describe('Three stages: the symptom at length, where to look, what the suite must do.'),
});

/** How a suite is run on an implementation. Without any, once and in the order written. */
export const conditionsSchema = z.strictObject({
  shuffled: z.boolean().default(false).describe('Tests and suites in an order of chance, another one each time.'),
  atOnce: z.boolean().default(false).describe('All tests of a file side by side.'),
  times: z.int().min(1).max(20).default(1).describe('How often, one after the other; it ends with the first failure.'),
});

/** `exercise.json`. */
export const exerciseFileSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().min(3).max(80),
  summary: z.string().min(20).max(200).describe('One sentence for the catalogue.'),
  kind: z
    .enum(['write-tests', 'write-code', 'mend-suite'])
    .describe(
      'Whether tests are written, and graded by bugs; or code, and graded by tests that nobody sees before; or tests that are there are mended, and graded by bugs, rules and conditions.',
    ),
  level: z.enum(['introductory', 'intermediate', 'advanced']),
  minutes: z.int().min(5).max(180),
  practises: z.array(z.string()).min(1).describe('What the solver can do afterwards, each a short clause.'),
  lesson: slug.describe('The lesson that this exercise practises.'),
  misconceptions: z.array(slug).default([]),
  rules: z.array(ruleSchema).optional().describe('For mend-suite: what the suite has to keep.'),
});

/** `references/<id>/reference.json`. */
export const referenceFileSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().min(3).max(100).describe('How this correct implementation goes about it.'),
  conditions: conditionsSchema.optional().describe('For mend-suite: how the suite is run on it.'),
});

/** `mutants/<id>/mutant.json`. */
export const mutantFileSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().min(3).max(100).describe('The symptom that a user of the software would report.'),
  core: z.boolean().describe('Core bugs must all be killed for a pass.'),
  base: slug.describe('The reference that this bug was planted in.'),
  hints: hints.describe('Three stages: the symptom at length, where to look, what a test must do.'),
  misconception: slug.optional(),
});

/** `checks/<id>/check.json`. */
export const checkFileSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().min(3).max(100).describe('What the code does where it is right, as its user would say it.'),
  core: z.boolean().describe('Core checks must all pass for a pass.'),
  hints: hints.describe('Three stages: the symptom at length, where to look, what the code must do.'),
  misconception: slug.optional(),
});

/** `wrong/<id>/wrong.json`. */
export const wrongFileSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().min(3).max(100).describe('The mistake, in a few words.'),
  failsOn: z.array(slug).min(1).describe('The checks that fail on it, and no others.'),
});
