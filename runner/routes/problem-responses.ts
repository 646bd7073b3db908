/** Describes error answers in the OpenAPI document: one entry a status, with the codes that it can carry. */
import { type ErrorCode, errorCatalogue } from '../errors.ts';
import { problemSchema } from '../protocol.ts';

type ProblemResponse = {
  description: string;
  content: { 'application/problem+json': { schema: typeof problemSchema } };
};

export function problemResponses(...codes: readonly ErrorCode[]): Record<number, ProblemResponse> {
  const byStatus = Map.groupBy(codes, (code) => errorCatalogue[code].status ?? 500);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `${code}: ${errorCatalogue[code].title}.`).join(' '),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}
