import { expect, it } from 'vitest';
import { spotLines } from './spot-lines.ts';

const code = 'await open();\nawait read();\nawait read();';

it('finds the line that each text stands in', () => {
  const lines = spotLines(code, [{ has: 'open' }], 'quiz');
  expect(lines.map(({ number, choice }) => [number, choice?.index])).toEqual([
    [1, 0],
    [2, undefined],
    [3, undefined],
  ]);
});

it.each([
  [[{ has: 'close' }], 'stands in no line of the code'],
  [[{ has: 'read' }], 'stands in 2 lines of the code'],
  [[{ has: 'open' }, { has: 'open()' }], 'are in the same line'],
])('refuses %j and says what to mend', (choices, message) => {
  expect(() => spotLines(code, choices, 'content/quizzes/a.yaml, question b')).toThrow(message);
});
