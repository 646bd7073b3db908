import { expect, it } from 'vitest';
import { isSoundFile, isSoundPage } from './sound-answer.ts';

const answer = (type: string, more: { status?: number; control?: string } = {}) =>
  new Response('x', {
    status: more.status ?? 200,
    headers: { 'content-type': type, 'cache-control': more.control ?? 'no-cache' },
  });

it('keeps pages and the files that they load', () => {
  expect(isSoundPage(answer('text/html; charset=utf-8'))).toBe(true);
  expect(isSoundFile(answer('text/javascript', { control: 'public, max-age=31536000, immutable' }))).toBe(true);
  expect(isSoundFile(answer('application/wasm'))).toBe(true);
});

it.for([
  ['a learner’s progress', answer('application/json', { control: 'no-store' })],
  ['a page that is for its reader only', answer('text/html', { control: 'no-store' })],
  ['a page of a keeper’s', answer('text/html', { control: 'private, max-age=60' })],
  ['an error', answer('text/html', { status: 500 })],
  ['a part', answer('text/html', { status: 206 })],
] as const)('keeps neither as a page nor as a file %s', ([, response]) => {
  expect(isSoundPage(response)).toBe(false);
  expect(isSoundFile(response)).toBe(false);
});

it('keeps no page in the place of a file, and nothing else in the place of a page', () => {
  expect(isSoundFile(answer('text/html'))).toBe(false);
  expect(isSoundPage(answer('application/json'))).toBe(false);
});
