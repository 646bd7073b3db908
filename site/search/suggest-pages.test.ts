import { expect, it } from 'vitest';
import { nearest } from './suggest-pages.ts';

const pages = [
  { href: '/', title: 'Start' },
  { href: '/lessons/', title: 'Lessons' },
  { href: '/lessons/first-container/', title: 'Your first container' },
  { href: '/exercises/user-repository/', title: 'A user repository' },
];

it.for([
  ['/lesson/', '/lessons/'],
  ['/lessons/first-contaner', '/lessons/first-container/'],
  ['/docs/user_repository.html', '/exercises/user-repository/'],
  ['/Exercises/User-Repository/', '/exercises/user-repository/'],
  ['/wp-login.php', undefined],
  ['/', undefined],
] as const)('takes %s for %s', ([asked, meant]) => {
  expect(nearest(asked, pages)[0]?.href).toBe(meant);
});
