/** `npm run doctor`: says what this machine has, what is missing, and what each means. As root it looks as the runner would. */
import { join } from 'node:path';

process.argv.splice(2, process.argv.length, process.execPath, join(import.meta.dirname, 'examine.ts'));
await import('./unprivileged.ts');
