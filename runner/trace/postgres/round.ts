import type { Place, TraceError } from '../../protocol.ts';
import type { TapEntry } from '../tap.ts';
import type { Request } from './requests.ts';
import { splitStatements } from './split-statements.ts';
import type { Transactions } from './transactions.ts';

const maxSql = 2000;

/** How one statement ended; with neither tag nor error, the connection ended first. */
export type Ended = {
  request: Request;
  tag?: string;
  error?: TraceError;
  rows: number | null;
  at: number;
  notices: string[];
};

/**
 * The entries of a round: all that was answered up to the server's word that it is ready again. Only then is it known how
 * many answers a query of several statements has, and so which of its statements each one belongs to.
 *
 * @param sentFrom where the client says that it sent a text from; asked once for each request, in order
 */
export function entriesOf(
  round: readonly Ended[],
  transactions: Transactions,
  sentFrom: (sql: string) => Place[],
): TapEntry[] {
  const places = new Map([...new Set(round.map(({ request }) => request))].map((one) => [one, sentFrom(one.sql)]));
  return round.map(({ request, tag, error, rows, at, notices }, place) => {
    const from = places.get(request) ?? [];
    const sql = (request.kind === 'query' ? partOf(round, place) : request.sql).trim();
    const answered = tag !== undefined || error !== undefined;
    return {
      kind: 'statement',
      test: request.test,
      atMs: request.sentAt,
      ms: Math.round((at - request.sentAt) * 100) / 100,
      sql: sql.slice(0, maxSql),
      cut: sql.length > maxSql,
      parameters: request.parameters,
      rows,
      tag: tag ?? null,
      error: error ?? null,
      notices,
      transaction: answered ? transactions.place(sql, tag) : null,
      answered,
      ...(from.length > 0 ? { sentFrom: from } : {}),
    };
  });
}

/** Which part of a simple query's text an answer belongs to; the whole of it where the numbers do not match. */
function partOf(round: readonly Ended[], place: number): string {
  const request = round[place]?.request;
  const answers = round.filter((one) => one.request === request);
  const sql = request?.sql ?? '';
  const parts = splitStatements(sql);
  // After an error the rest of the text is not run, so there may be fewer answers than parts.
  const failed = answers.some(({ error }) => error);
  const matches = failed ? parts.length >= answers.length : parts.length === answers.length;
  return (matches && parts[place - round.findIndex((one) => one.request === request)]) || sql;
}
