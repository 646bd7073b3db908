import { expect, test } from 'vitest';
import { isOnList, withTag } from './allowed-images.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;

test('a list allows a repository with every tag, or one tag, or one digest', () => {
  for (const reference of ['redis', 'redis:7', 'docker.io/library/redis:7', 'index.docker.io/redis', `redis@${digest}`])
    expect({ reference, allowed: isOnList(['postgres', 'redis'], reference) }).toEqual({ reference, allowed: true });
  expect(isOnList(['redis:7'], 'redis:7')).toBe(true);
  expect(isOnList(['redis:latest'], 'redis')).toBe(true);
  expect(isOnList(['redis:7'], 'redis:6')).toBe(false);
  expect(isOnList([`redis@${digest}`], `redis:6@${digest}`)).toBe(true);
  expect(isOnList([`redis@${digest}`], 'redis')).toBe(false);
  expect(isOnList([`redis:7@${digest}`], 'redis:7')).toBe(false);
  expect(isOnList(['localhost:5000/shop'], 'localhost:5000/shop:2')).toBe(true);
});

test('a digest does not get past an entry with a tag or with another digest', () => {
  expect(isOnList(['redis:7'], `redis:7@${other}`)).toBe(false);
  expect(isOnList([`redis@${digest}`], `redis@${other}`)).toBe(false);
});

test('a repository of one registry is none of another', () => {
  expect(isOnList(['localhost/shop'], 'docker.io/localhost/shop')).toBe(false);
  expect(isOnList(['ghcr.io/shop'], 'library/ghcr.io/shop')).toBe(false);
  expect(isOnList(['redis'], 'ghcr.io/library/redis')).toBe(false);
});

test('what is no reference is on no list', () => {
  for (const reference of [
    '',
    'redis:',
    'redis@',
    'redis@x',
    'redis@/../../_ping?',
    'redis/../redis',
    'redis:7/get?x=',
    `redis:7@${digest}/get?x=`,
    'redis#',
    'redis ',
    'redis\n',
    'Redis',
    '/redis',
    'redis/',
  ])
    expect({ reference, allowed: isOnList(['redis'], reference) }).toEqual({ reference, allowed: false });
});

test('a reference without a tag stands for the newest, not for all', () => {
  expect(withTag('redis')).toBe('redis:latest');
  expect(withTag('localhost:5000/shop')).toBe('localhost:5000/shop:latest');
  expect(withTag('redis:7')).toBe('redis:7');
  expect(withTag(`redis@${digest}`)).toBe(`redis@${digest}`);
});
