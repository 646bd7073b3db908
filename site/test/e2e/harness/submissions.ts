/** What the tests submit: the exercise's own solution, and small files that each go wrong in one way. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const exercise = join(import.meta.dirname, '..', '..', '..', '..', 'exercises', 'user-repository', 'typescript');
const read = (folder: string) => readFileSync(join(exercise, folder, 'user-repository.test.ts'), 'utf8');

export const solution = read('solution');
export const starter = read('starter');

/** The starter with another body for its one test. */
function starterWith(body: string): string {
  return starter.replace(/ {2}it\('creates a user'[\s\S]*\n {2}\}\);\n/, `${body}\n`);
}

/** Its first test reports at once; the second waits for far longer than any test here looks. */
export const neverDone = `
it('reports at once', () => {
  expect(1 + 1).toBe(2);
});
it('keeps waiting', async () => {
  await new Promise((resolve) => setTimeout(resolve, 600_000));
}, 900_000);
`;

export const wrongOnCorrectCode = starterWith(`  it('stores a name in capitals', async () => {
    const user = await users.create({ email: 'ada@example.com', name: 'Ada' });
    expect(user.name).toBe('ADA');
  });`);

export const syntaxError = `import { it } from 'vitest';

it('misses its closing brace', () => {
  const user = { name: 'Ada' ;
});
`;

export const brokenHook = `import { beforeAll, it } from 'vitest';

beforeAll(() => {
  throw new Error('the hook gave up');
});
it('never begins', () => {});
`;

export const endlessLoop = `it('never ends', () => {
  for (;;);
});
`;

export const zeroTests = `// Nothing here yet.
export {};
`;

export const floodOfOutput = `it('says too much', () => {
  for (let line = 0; line < 40_000; line++) console.log('and on it goes, a line of some length, for ever and a day');
});
`;
