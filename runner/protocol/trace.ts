/** What crosses the boundary between a test and a service. */
import { z } from 'zod';
import { placeSchema } from './verdict.ts';

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
