/** Answers what is no HTTP that can be read, on a connection that has no request to reply to. */
import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ServiceError } from '../errors.ts';
import { problemOf } from './problem-reply.ts';

/** A request has to be complete by then, so that one that trickles in does not hold its connection for ever. */
export const requestTimeoutMs = 30_000;

/** For Fastify's `clientErrorHandler`. Nothing is logged: it is the client's mistake, and holds whatever they sent. */
export function answerUnreadableRequest({ code }: Error & { code?: string }, socket: Socket): void {
  if (socket.writable && code !== 'ECONNRESET') {
    const problem = problemOf(errorOf(code));
    const body = JSON.stringify(problem);
    const head = [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(body)}`,
      'x-content-type-options: nosniff',
      'connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy();
}

function errorOf(code: string | undefined): ServiceError {
  if (code === 'HPE_HEADER_OVERFLOW') return new ServiceError('headers-too-large', { kib: maxHeaderSize >> 10 });
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new ServiceError('request-timed-out', { seconds: requestTimeoutMs / 1_000 });
  }
  return new ServiceError('request-malformed', { reason: 'What came over the connection is not HTTP/1.1.' });
}
