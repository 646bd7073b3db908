/**
 * Every message that crosses HTTP or WebSocket between a client and the runner, as schemas.
 *
 * The types are derived from the schemas, the OpenAPI document under `/api/docs` is generated from them, and this is
 * the one file of the runner that `site/` may import. Times are milliseconds unless a name says otherwise; instants are
 * ISO 8601 in UTC.
 */
import { z } from 'zod';
import { outcomeSchema, timingsSchema, verdictSchema } from './protocol/verdict.ts';

export * from './protocol/events.ts';
export * from './protocol/trace.ts';
export * from './protocol/verdict.ts';

/** The languages that a submission may be written in. */
export const languageSchema = z.enum(['typescript']);
export type Language = z.infer<typeof languageSchema>;

export const runStateSchema = z.enum(['queued', 'running', 'finished']);
export type RunState = z.infer<typeof runStateSchema>;

/** What `POST /api/runs` takes. Bounds on paths, count and bytes are checked beyond this shape; see `runs/submission.ts`. */
export const submissionSchema = z.strictObject({
  exercise: z.string().min(1).max(64).describe('The exercise’s slug.'),
  language: languageSchema,
  files: z.record(z.string(), z.string()).describe('Editable files: path → text. Paths are relative, with “/”.'),
  only: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe('Run only the test with this full name. Such a run is marked partial and never passes the exercise.'),
});
export type Submission = z.infer<typeof submissionSchema>;

export const acceptedSchema = z.object({
  id: z.uuid(),
  events: z.string().describe('Address of the run’s event stream (WebSocket), relative to the origin.'),
  key: z.string().describe('Send as “Authorization: Bearer {key}” where no cookie can be kept.'),
});
export type Accepted = z.infer<typeof acceptedSchema>;

export const runSchema = z.object({
  id: z.uuid(),
  exercise: z.string(),
  language: languageSchema,
  state: runStateSchema,
  outcome: outcomeSchema.nullable(),
  verdict: verdictSchema.nullable(),
  timings: timingsSchema.nullable(),
});
export type Run = z.infer<typeof runSchema>;

/** One of a learner's earlier runs. */
export const runSummarySchema = z.object({
  id: z.uuid(),
  acceptedAt: z.iso.datetime(),
  state: runStateSchema,
  outcome: outcomeSchema.nullable(),
  only: z.string().nullable().describe('The one test that was run, if it was not all.'),
  caught: z.int().nullable().describe('Planted bugs that the tests caught; null without a verdict.'),
  bugs: z.int().nullable().describe('Planted bugs that there were; null without a verdict.'),
  checksPassed: z.int().nullable().describe('Checks that the code passed; null without a verdict.'),
  checks: z.int().nullable().describe('Checks that there were; null without a verdict.'),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export const submittedFilesSchema = z.object({ files: z.record(z.string(), z.string()) });
export type SubmittedFiles = z.infer<typeof submittedFilesSchema>;

/** A file that the exercise page shows. */
export const exerciseFileSchema = z.object({ path: z.string(), text: z.string(), editable: z.boolean() });
export type ExerciseFile = z.infer<typeof exerciseFileSchema>;

export const exerciseSummarySchema = z.object({
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  kind: z.enum(['write-tests', 'write-code', 'mend-suite']),
  level: z.enum(['introductory', 'intermediate', 'advanced']),
  minutes: z.int(),
  languages: z.array(languageSchema),
});
export type ExerciseSummary = z.infer<typeof exerciseSummarySchema>;

export const exerciseSchema = exerciseSummarySchema.extend({
  brief: z.string().describe('Markdown.'),
  files: z.partialRecord(languageSchema, z.array(exerciseFileSchema)),
  references: z.array(z.object({ id: z.string(), title: z.string() })),
  mutants: z.array(z.object({ id: z.string(), title: z.string(), core: z.boolean() })),
  checks: z.array(z.object({ id: z.string(), title: z.string(), core: z.boolean() })),
});
export type Exercise = z.infer<typeof exerciseSchema>;

/** One thing that a learner's browser remembers of the course. */
export const progressEntrySchema = z.object({
  key: z
    .string()
    .max(200)
    .regex(/^(read|passed|quiz|review):[a-z0-9:-]+$/)
    .describe('What it is about, such as “read:first-container”.'),
  value: z
    .string()
    .max(4096)
    .refine((text) => !text.includes('\0'), 'The text holds a NUL character. Remove it.')
    .nullable()
    .describe('As the browser keeps it; null where it was taken back.'),
  // PostgreSQL has no year 0, and reads no endless fractions.
  at: z.iso
    .datetime()
    .max(40)
    .regex(/^(?!0000)/, 'There was no year 0. Give the time of the change.')
    .describe('When it was changed.'),
});
export type ProgressEntry = z.infer<typeof progressEntrySchema>;

export const progressSchema = z.object({ entries: z.array(progressEntrySchema).max(2000) });
export type Progress = z.infer<typeof progressSchema>;

/** RFC 9457. `code` is permanent; `docs/errors` lists them all. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export const dockerComparisonSchema = z
  .object({
    at: z.iso.datetime(),
    exercise: z.string(),
    variants: z.int().positive().describe('How many variants the exercise had.'),
    rounds: z.int().positive().describe('How often each way was measured, in turn with the other.'),
    boundaryMs: z.number().positive().describe('Median time to a verdict here, warm, over all variants.'),
    dockerMs: z
      .number()
      .positive()
      .describe('Median time of the same variants with Vitest, Testcontainers and Docker.'),
    docker: z.string(),
    image: z.string(),
    vitest: z.string(),
    testcontainers: z.string(),
    node: z.string(),
    cores: z.int().positive(),
    processor: z.string(),
  })
  .describe('What `npm run bench -- peer` measured on this machine last; it is kept in `.cache/bench/docker.json`.');
export type DockerComparison = z.infer<typeof dockerComparisonSchema>;

/** Whether this runner can execute learner code, and how well it contains it. */
export const readinessSchema = z.object({
  ready: z.boolean(),
  containment: z.enum(['cgroup2', 'cgroup1', 'rlimits', 'none']),
  notices: z.array(z.string()).describe('Plain sentences for a person: what is missing and the line that mends it.'),
  docker: dockerComparisonSchema.optional(),
});
export type Readiness = z.infer<typeof readinessSchema>;
