/** Fields that several schemas share, with messages that tell an author what to write. */
import { z } from 'zod';

z.config({
  customError: (issue) =>
    issue.code === 'unrecognized_keys'
      ? `there is no field ${issue.keys.map((key) => `“${key}”`).join(', ')} here: correct its name, or take it out`
      : undefined,
});

export const slug = z
  .string({ error: 'give a slug: lower-case words joined by “-”, such as first-container' })
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'write lower-case words joined by “-”, such as first-container');

export const line = (what: string) =>
  z
    .string({ error: `give ${what}, as one line of text` })
    .min(1, `give ${what}: it is empty`)
    .refine((text) => !text.includes('\n'), `write ${what} as one line`);

export const count = (what: string) =>
  z.int({ error: `give ${what} as a whole number` }).positive(`give ${what} as a number above 0`);

export const lines = (what: string) =>
  z.array(line(`each of ${what}`), { error: `list ${what}: one “- …” a line` }).min(1, `list at least one of ${what}`);
