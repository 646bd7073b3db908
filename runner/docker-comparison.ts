import { readFileSync } from 'node:fs';
import { type DockerComparison, dockerComparisonSchema } from './protocol.ts';

/**
 * What this installation's own benchmark measured last, `npm run bench -- peer`. Undefined where it was never run; a file
 * of another version of it says nothing either.
 */
export function readDockerComparison(file: string): DockerComparison | undefined {
  try {
    return dockerComparisonSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
