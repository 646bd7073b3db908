/** Leads the job library's log into the runner's own. */
import { Logger } from 'graphile-worker';

/** The part of the runner's log that the store writes to. */
export type Log = Record<'debug' | 'info' | 'warn' | 'error', (details: object, message: string) => void>;

/** Its “info” is a line for each job: debug to us. */
const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'debug' } as const;

export function queueLogger(log: Log): Logger {
  return new Logger(
    (scope) =>
      (level, message, meta = {}) =>
        log[levels[level]]({ ...scope, ...meta }, message),
  );
}

export const quietLogger = new Logger(() => () => {});
