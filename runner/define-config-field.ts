/** How a field of the configuration is written down. */
import { z } from 'zod';

export const KiB = 1024;
export const MiB = 1024 * KiB;

export type Field<T> = {
  /** The environment variable. */
  env: string;
  unit: string;
  /** What an unset variable stands for, as a person would write it; `null` where leaving it out means something else. */
  default: string | null;
  /** Why the field exists and why the default is what it is. */
  reason: string;
  schema: z.ZodType<T, string | undefined>;
};

export const positive = (max: number) => wholeNumber(1, max);
export const sized = (bytes: number, max: number) => positive(max).transform((count) => count * bytes);

export function wholeNumber(min: number, max: number) {
  const problem = `a whole number from ${min} to ${max} is needed`;
  return z
    .string()
    .regex(/^\d{1,12}$/, problem)
    .transform(Number)
    .refine((value) => value >= min && value <= max, problem);
}

export function field<T>(
  env: string,
  unit: string,
  fallback: string,
  reason: string,
  schema: z.ZodType<T, string>,
): Field<T> {
  // `prefault` goes through the schema like a given value, so a default cannot be out of bounds.
  return { env, unit, default: fallback, reason, schema: schema.prefault(fallback) };
}

export function optional<T>(
  env: string,
  unit: string,
  reason: string,
  schema: z.ZodType<T, string>,
): Field<T | undefined>;
export function optional<T>(
  env: string,
  unit: string,
  reason: string,
  schema: z.ZodType<T, string>,
  compute: () => T,
  shown: string,
): Field<T>;
export function optional<T>(
  env: string,
  unit: string,
  reason: string,
  schema: z.ZodType<T, string>,
  compute?: () => T,
  shown: string | null = null,
): Field<T | undefined> {
  return { env, unit, default: shown, reason, schema: schema.optional().transform((value) => value ?? compute?.()) };
}
