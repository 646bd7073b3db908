/** What is told of a run while it goes on. */
import { z } from 'zod';
import { traceEntrySchema } from './trace.ts';
import { outcomeSchema, testErrorSchema, testOutcomeSchema, verdictSchema } from './verdict.ts';

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
    rules: z
      .array(z.string())
      .readonly()
      .optional()
      .describe('The rules that the suite broke, as its exercise names them.'),
  }),
  z.object({ type: z.literal('verdict'), verdict: verdictSchema }),
  z.object({ type: z.literal('finished'), outcome: outcomeSchema, reason: z.string().optional() }),
]);
export type EventBody = z.infer<typeof eventBodySchema>;

/** One text frame of the event stream. `seq` rises by one from 1; the stream ends with `finished`, then close code 1000. */
export const runEventSchema = z.intersection(z.object({ seq: z.int(), at: z.iso.datetime() }), eventBodySchema);
export type RunEvent = { seq: number; at: string } & EventBody;
