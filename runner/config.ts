/**
 * The runner's configuration: read from the environment once, checked, frozen. `content/docs/configuration.md` shows the
 * same fields, and a test holds the two in step.
 */
import type { z } from 'zod';
import { fields } from './config-fields.ts';
import type { Field } from './define-config-field.ts';
import { ServiceError } from './errors.ts';
import { secretValue } from './secret-files.ts';

/** What is told to nobody, and may come as a file: `COOKIE_SECRET_FILE` in place of `COOKIE_SECRET`. */
const secrets: readonly string[] = ['COOKIE_SECRET', 'DATABASE_URL', 'METRICS_TOKEN'];

/** One field as the documentation shows it. */
export const configFields: readonly Omit<Field<unknown>, 'schema'>[] = Object.values(fields);

export type Config = Readonly<{ [Name in keyof typeof fields]: z.output<(typeof fields)[Name]['schema']> }>;

/** Reads the configuration. Throws {@link ServiceError} `config-invalid`, which names the variable, its value and the mend. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const entries = Object.entries(fields).map(([name, definition]) => {
    // An empty variable is an unset one: that is what `PORT= npm start` and most .env files mean.
    const secret = secrets.includes(definition.env);
    const value = secret ? secretValue(env, definition.env) : env[definition.env]?.trim() || undefined;
    const result = definition.schema.safeParse(value);
    if (result.success) return [name, result.data] as const;
    throw new ServiceError('config-invalid', {
      variable: definition.env,
      value: secret && definition.env !== 'DATABASE_URL' ? '(hidden)' : withoutPassword(value ?? ''),
      problem: result.error.issues[0]?.message ?? 'it cannot be read',
      mend:
        definition.default === null
          ? 'Correct it, or leave it unset.'
          : `Correct it, or leave it unset for ${definition.default}.`,
    });
  });
  return Object.freeze(Object.fromEntries(entries)) as Config;
}

function withoutPassword(value: string): string {
  return value.replace(/(\/\/[^:/@]*):[^@]*@/, '$1:…@');
}
