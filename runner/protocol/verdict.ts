/** What became of a run and of each of its variants. */
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
  reason: z
    .string()
    .optional()
    .describe(
      'One sentence, where no test says it: a limit, a syntax error, zero tests. Of broken rules, a line for each.',
    ),
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
