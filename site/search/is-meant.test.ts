import { expect, it } from 'vitest';
import { isMeant } from './is-meant.ts';

it.each([
  ['containers', 'a <mark>container</mark> of its own'],
  ['container', 'new <mark>PostgreSqlContainer</mark>()'],
  ['Roll', '<mark>rollback</mark>'],
  ['q', 'func (<mark>q</mark> *Queue)'],
  ['café', 'a <mark>cafe</mark>'],
  ['qqxzzyvv deadlock', 'the <mark>deadlock</mark>'],
  ['pool.end()', '<mark>pool</mark>'],
  ['anything', 'nothing is marked'],
])('“%s” is met by “%s”', (query, excerpt) => {
  expect(isMeant(query, 'A lesson', excerpt)).toBe(true);
});

it('is not met by another word that begins with the same letter', () => {
  expect(isMeant('qqxzzyvv', 'A lesson', 'func (<mark>q</mark> *Queue)')).toBe(false);
});

it('is met by a title', () => {
  expect(isMeant('truncate', 'Truncate', '<mark>t</mark>')).toBe(true);
});
