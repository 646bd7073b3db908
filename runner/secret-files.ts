/** Secrets that come as files, as Docker, Kubernetes and systemd hand them over: `COOKIE_SECRET_FILE=/run/secrets/…`. */
import { readFileSync } from 'node:fs';
import { ServiceError } from './errors.ts';

/** A secret longer than this is another file. */
const mostBytes = 64 * 1024;

/**
 * The variable's value: its own, or the content of the file that `NAME_FILE` names, less white space around it. Throws
 * {@link ServiceError} `config-invalid` where both are set or the file cannot be read; what it holds is never told.
 */
export function secretValue(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const variable = `${name}_FILE`;
  const path = env[variable]?.trim() || undefined;
  const value = env[name]?.trim() || undefined;
  if (path === undefined) return value;
  const refuse = (problem: string, mend: string, cause?: unknown) =>
    new ServiceError('config-invalid', { variable, value: path, problem, mend }, { cause });
  if (value !== undefined) throw refuse(`${name} is set too`, 'Set one of the two.');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const mend = 'Name a file that this user can read, or leave it unset.';
    throw refuse(`the file cannot be read: ${(error as NodeJS.ErrnoException).code}`, mend, error);
  }
  if (text.length > mostBytes || text.trim() === '') {
    throw refuse('the file is empty, or too long for a secret', 'Put the secret, and nothing else, into it.');
  }
  return text.trim();
}
