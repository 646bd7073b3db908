/**
 * Every message that crosses HTTP or WebSocket between a client and the runner, as schemas.
 *
 * The types are derived from the schemas, the OpenAPI document under `/api/docs` is generated from them, and this is
 * the one file of the runner that `site/` may import. Times are milliseconds unless a name says otherwise; instants are
 * ISO 8601 in UTC.
 */
import { z } from 'zod';

/**
 * How a run or one of its variants ended. `failed` and the limits are results; `rule-broken` is one of a variant only, where
 * the suite did what it may not; `runner-error` is ours to mend.
 */
export const outcomeSchema = z.enum([
  'passed',
  'failed',
  'rule-broken',
  'timed-out',
  'memory-limit',
  'process-limit',
  'disk-limit',
  'output-limit',
  'cancelled',
  'rejected',
  'runner-error',
]);
export type Outcome = z.infer<typeof outcomeSchema>;

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

export const testOutcomeSchema = z.enum(['passed', 'failed', 'skipped']);

/** A place in a file of the submission, line and column from 1. */
export const placeSchema = z.object({ file: z.string(), line: z.int(), column: z.int() });
export type Place = z.infer<typeof placeSchema>;

/** Why a test failed, as the learner's own process reported it: untrusted text, bounded in length. */
export const testErrorSchema = z.object({
  message: z.string(),
  expected: z.string().optional(),
  actual: z.string().optional(),
  /** In the learner's own file, where the stack names one. */
  at: placeSchema.optional(),
});
export type TestError = z.infer<typeof testErrorSchema>;

/** One correct implementation, as the verdict sees it. */
export const referenceResultSchema = z.object({
  id: z.string(),
  outcome: outcomeSchema,
  tests: z.array(
    z.object({ name: z.string(), outcome: testOutcomeSchema, ms: z.number(), error: testErrorSchema.optional() }),
  ),
  reason: z.string().optional().describe('One sentence, where no test says it: a limit, a syntax error, zero tests.'),
  error: testErrorSchema.optional().describe('What failed outside of the tests: on loading a file, or in its hooks.'),
});
export type ReferenceResult = z.infer<typeof referenceResultSchema>;

/** What became of a planted bug. Only `killed` counts: a timeout or a limit shows nothing about the bug, and rules hold on bugs too. */
export const mutantOutcomeSchema = z.enum([
  'killed',
  'survived',
  'rule-broken',
  'timed-out',
  'memory-limit',
  'process-limit',
  'disk-limit',
  'output-limit',
  'cancelled',
  'not-run',
  'runner-error',
]);
export type MutantOutcome = z.infer<typeof mutantOutcomeSchema>;

export const mutantResultSchema = z.object({
  id: z.string(),
  title: z.string(),
  core: z.boolean().describe('Core bugs must all die for a pass; the others are a bonus.'),
  outcome: mutantOutcomeSchema,
  killedBy: z.array(z.string()).describe('Full names of the tests that failed on it.'),
  reason: z.string().optional(),
});
export type MutantResult = z.infer<typeof mutantResultSchema>;

/** What became of a check: hidden tests of one promise that the learner’s code has to keep. */
export const checkResultSchema = z.object({
  id: z.string(),
  title: z.string(),
  core: z.boolean().describe('Core checks must all pass for a pass; the others are a bonus.'),
  outcome: z
    .enum([...outcomeSchema.options, 'not-run'])
    .describe('“not-run” where a limit of the whole run was hit before its turn, or none of its tests was asked for.'),
  failed: z.array(z.string()).describe('Full names of its tests that failed.'),
  reason: z.string().optional(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

/** Where the time went. `boot`, `database` and `tests` are sums over variants, so together they can exceed `total`. */
export const timingsSchema = z.object({
  queue: z.number().describe('ms from accepted to started'),
  boot: z.number().describe('ms waiting for sandboxes and loading test files'),
  database: z.number().describe('ms inside container start'),
  tests: z.number().describe('ms inside tests and hooks, without container start'),
  firstTest: z.number().optional().describe('ms from accepted to the first test result'),
  total: z.number().describe('ms from accepted to verdict'),
});
export type Timings = z.infer<typeof timingsSchema>;

export const verdictSchema = z.object({
  outcome: outcomeSchema,
  reason: z.string().describe('One sentence: what the outcome rests on and what to do next.'),
  partial: z.boolean().describe('Only some tests were run; nothing is proved about the exercise.'),
  references: z.array(referenceResultSchema),
  mutants: z.array(mutantResultSchema),
  checks: z.array(checkResultSchema).optional().describe('Where code was asked for; there are no bugs then.'),
  timings: timingsSchema,
});
export type Verdict = z.infer<typeof verdictSchema>;

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

/** The limits a run is held to, in the units that their names carry. */
export const limitsSchema = z.object({
  variantWallMs: z.int(),
  runWallMs: z.int(),
  memoryBytes: z.int(),
  processes: z.int(),
  outputBytes: z.int(),
});
export type Limits = z.infer<typeof limitsSchema>;

export const variantSchema = z.object({
  id: z.string(),
  kind: z.enum(['reference', 'mutant', 'check']).describe('Tests have to fail on a mutant, and to pass elsewhere.'),
  title: z.string(),
  core: z.boolean().describe('Whether a pass depends on it; always true for a reference.'),
});
export type Variant = z.infer<typeof variantSchema>;

/** The test that something crossed in; not `exact` where several ran at once, and it was told by its connection. */
export const testOfTraceSchema = z.object({ name: z.string(), exact: z.boolean() });
export type TestOfTrace = z.infer<typeof testOfTraceSchema>;

/** A value bound to a statement, as text; `null` is SQL's. The type is there where client or server named it. */
export const traceParameterSchema = z.object({ type: z.string().optional(), value: z.string().nullable() });
export type TraceParameter = z.infer<typeof traceParameterSchema>;

export const traceErrorSchema = z.object({ sqlstate: z.string(), message: z.string() });
export type TraceError = z.infer<typeof traceErrorSchema>;

/** Where a statement stands in a transaction of its connection, numbered from 1. */
export const traceTransactionSchema = z.object({
  id: z.int(),
  part: z.enum(['begin', 'inside', 'failed', 'commit', 'rollback']),
});
export type TraceTransaction = z.infer<typeof traceTransactionSchema>;

const traceEntryFields = {
  index: z.int().describe('Order within the variant, from 0.'),
  container: z.string().describe('Short id of the container.'),
  connection: z.int().describe('Number of the connection to its container, from 1.'),
  test: testOfTraceSchema.nullable().describe('Null between tests: in hooks of the file.'),
  atMs: z.number().describe('ms since the variant began'),
};

/** Something that crossed the boundary between a test and a service, as the relay between the two read it. */
export const traceEntrySchema = z.discriminatedUnion('kind', [
  z.object({
    ...traceEntryFields,
    kind: z.literal('opened'),
    protocol: z.enum(['postgres', 'redis']),
    database: z.string(),
    user: z.string(),
  }),
  z.object({ ...traceEntryFields, kind: z.literal('refused'), error: traceErrorSchema }),
  z.object({ ...traceEntryFields, kind: z.literal('opaque'), why: z.string() }),
  z.object({
    ...traceEntryFields,
    kind: z.literal('closed'),
    by: z.enum(['client', 'server']).optional().describe('Who ended it; the server where the client took no leave.'),
  }),
  z.object({
    ...traceEntryFields,
    kind: z.literal('statement'),
    ms: z.number().describe('ms from the request to the end of its answer, as seen at the relay'),
    sql: z.string(),
    cut: z.boolean().describe('The text was longer.'),
    parameters: z.array(traceParameterSchema),
    rows: z.int().nullable().describe('Rows that came back, or that were written.'),
    tag: z.string().nullable().describe('The server’s own word for what was done, such as “INSERT 0 1”.'),
    error: traceErrorSchema.nullable(),
    notices: z.array(z.string()),
    transaction: traceTransactionSchema.nullable(),
    answered: z.boolean().describe('False where the connection ended first.'),
    sentFrom: z
      .array(placeSchema)
      .optional()
      .describe(
        'The line of the submission that sent it, then those that called it, as the learner’s own process tells them; ' +
          'absent where it does not.',
      ),
  }),
]);
export type TraceEntry = z.infer<typeof traceEntrySchema>;

/** What an event says, without its place in the stream. */
export const eventBodySchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('queued'),
    position: z.int().describe('Runs that will start before this one.'),
    estimateMs: z.int().optional().describe('Expected wait, from recent runs here; absent while none are known.'),
  }),
  z.object({
    type: z.literal('started'),
    attempt: z.int().describe('1, or more where a worker was lost: then everything before this event is void.'),
    engine: z.object({
      backend: z.enum(['sandbox', 'docker']).describe('What containers of PostgreSQL are.'),
      docker: z.string().optional().describe('The Docker that serves what sandboxes do not, where there is one.'),
      containment: z.enum(['cgroup2', 'cgroup1', 'rlimits', 'none']),
      postgres: z.array(z.string()).describe('Versions of PostgreSQL on offer.'),
      node: z.string(),
      vitest: z.string(),
    }),
    limits: limitsSchema,
    variants: z.array(variantSchema).describe('Every variant that will run, in the order to show them.'),
  }),
  z.object({ type: z.literal('variant-started'), variant: z.string() }),
  z.object({
    type: z.literal('container'),
    variant: z.string(),
    container: z.string().describe('Short id of the container.'),
    image: z.string(),
    state: z.enum(['created', 'running', 'exited', 'removed', 'refused']),
    ms: z.number().describe('How long this step took.'),
    detail: z.string().optional(),
  }),
  z.object({
    type: z.literal('test'),
    variant: z.string(),
    name: z.string().describe('Full name: suites and title, joined by “ > ”.'),
    outcome: testOutcomeSchema,
    ms: z.number(),
    error: testErrorSchema.optional(),
  }),
  z.object({ type: z.literal('output'), variant: z.string(), stream: z.enum(['stdout', 'stderr']), text: z.string() }),
  z.object({
    type: z.literal('trace'),
    variant: z.string(),
    entries: z.array(traceEntrySchema),
    dropped: z.int().describe('Entries left out so far, past the most that a variant’s trace holds.'),
  }),
  z.object({
    type: z.literal('variant-finished'),
    variant: z.string(),
    outcome: outcomeSchema,
    ms: z.number(),
    reason: z.string().optional(),
    error: testErrorSchema.optional(),
  }),
  z.object({ type: z.literal('verdict'), verdict: verdictSchema }),
  z.object({ type: z.literal('finished'), outcome: outcomeSchema, reason: z.string().optional() }),
]);
export type EventBody = z.infer<typeof eventBodySchema>;

/** One text frame of the event stream. `seq` rises by one from 1; the stream ends with `finished`, then close code 1000. */
export const runEventSchema = z.intersection(z.object({ seq: z.int(), at: z.iso.datetime() }), eventBodySchema);
export type RunEvent = { seq: number; at: string } & EventBody;

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
