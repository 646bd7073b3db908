/** The shapes of the JSON files in an exercise's folder. `content/schemas/` is derived from them, for editors. */
import { z } from 'zod';

export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'use lower-case words joined by “-”, such as user-repository');

const hints = z.tuple([z.string().min(10), z.string().min(10), z.string().min(10)]);

/** `exercise.json`. */
export const exerciseFileSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().min(3).max(80),
  summary: z.string().min(20).max(200).describe('One sentence for the catalogue.'),
  kind: z
    .enum(['write-tests', 'write-code'])
    .describe('Whether tests are written, and graded by bugs, or code, and graded by tests that nobody sees before.'),
  level: z.enum(['introductory', 'intermediate', 'advanced']),
  minutes: z.int().min(5).max(180),
  practises: z.array(z.string()).min(1).describe('What the solver can do afterwards, each a short clause.'),
  lesson: slug.describe('The lesson that this exercise practises.'),
  misconceptions: z.array(slug).default([]),
});

/** `references/<id>/reference.json`. */
export const referenceFileSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().min(3).max(100).describe('How this correct implementation goes about it.'),
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
