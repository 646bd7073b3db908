/** `npm run exercises:verify [-- SLUG… --thorough]`: proves every exercise, or those named. As root it gives root up first. */
import { join } from 'node:path';

const slugs = process.argv.slice(2);
process.argv.splice(
  2,
  process.argv.length,
  process.execPath,
  join(import.meta.dirname, 'verify-exercises.ts'),
  ...slugs,
);
await import('./unprivileged.ts');
