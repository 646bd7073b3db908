/**
 * What a log line says of an error. Libraries hang connections and statements on theirs, and those are not for logs; nor is
 * what PostgreSQL says of a value that it cannot take, since it repeats the value.
 */
export function describeError(error: Error & { code?: unknown }): Record<string, unknown> {
  const { name, code, cause } = error;
  const repeats = typeof code === 'string' && /^22/.test(code);
  const message = repeats ? 'PostgreSQL refused a value.' : error.message;
  return {
    type: name,
    message,
    ...(code === undefined ? {} : { code }),
    stack: repeats ? error.stack?.replace(error.message, () => message) : error.stack,
    ...(cause instanceof Error ? { cause: describeError(cause) } : {}),
  };
}
