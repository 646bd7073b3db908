/** Turns whatever went wrong into `application/problem+json`. What a 5xx rests on is logged, never told. */
import type { FastifyBaseLogger, FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { type ErrorCode, ServiceError } from '../errors.ts';
import type { Problem } from '../protocol.ts';
import { isForPeople, problemPage } from './problem-page.ts';

/** PostgreSQL's classes of errors, and Node's codes, that mean that the server cannot be worked with right now. */
const storeIsGone = /^(08|53|57P|ECONN|ENOENT|EPIPE|ETIMEDOUT)/;

/** What the pool of connections says, without a code, when none has come free in time: the store is too busy to be asked. */
const noneCameFree = 'timeout exceeded when trying to connect';

export function replyWithProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = asServiceError(error, request);
  const body = problemOf(problem);
  const { status } = body;
  if (status >= 500) logFault(request.log, error, request);
  if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter);
  if (problem.code === 'upgrade-required') reply.header('upgrade', 'websocket');
  if (isForPeople(request)) return reply.code(status).type('text/html; charset=utf-8').send(problemPage(body));
  // Written out here, so that no route’s own response schema is asked about it.
  return reply.code(status).type('application/problem+json').send(JSON.stringify(body));
}

export function problemOf({ code, title, status, message, errors }: ServiceError): Problem {
  return {
    type: `/docs/errors#${code}`,
    title,
    status: status ?? 500,
    detail: message,
    code,
    ...(errors === undefined ? {} : { errors: [...errors] }),
  };
}

function logFault(log: FastifyBaseLogger, error: unknown, request: FastifyRequest): void {
  // Without its query, in which anything may stand.
  log.error(
    { err: error, method: request.method, path: pathOf(request) },
    'A request failed through a fault of the runner.',
  );
}

function asServiceError(error: unknown, request: FastifyRequest): ServiceError {
  if (error instanceof ServiceError) return error.status === null ? internal(error) : error;
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error, request);
  const { code = '', message, statusCode } = error as FastifyError;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ServiceError('submission-too-large', { limit: 'its size' });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new ServiceError('media-type-unsupported');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new ServiceError('request-malformed', { reason: sentence(message) });
  }
  if (storeIsGone.test(code) || message === noneCameFree)
    return new ServiceError('store-unavailable', {}, { cause: error });
  return internal(error);
}

function internal(cause: unknown): ServiceError {
  return new ServiceError('internal', {}, { cause });
}

/** A body that parses but does not fit is 422; an address that does not fit is 404 or 400. */
function invalid(error: Pick<FastifyError, 'validation' | 'validationContext'>, request: FastifyRequest): ServiceError {
  const errors = (error.validation ?? []).map(({ instancePath, message }) => ({
    path: instancePath.replace(/^\//, '') || 'the whole',
    message: sentence(message ?? 'is not as expected'),
  }));
  if (error.validationContext === 'params') {
    const code: ErrorCode = request.url.startsWith('/api/runs/') ? 'run-not-found' : 'not-found';
    return new ServiceError(code, { method: request.method, path: pathOf(request) });
  }
  if (error.validationContext === 'body') {
    return new ServiceError('submission-rejected', { count: errors.length }, { errors });
  }
  const reason = errors.map(({ path, message }) => `${path}: ${message}`).join(' ');
  return new ServiceError('request-malformed', { reason }, { errors });
}

export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? request.url;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
