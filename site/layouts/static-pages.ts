/** What the pages that are not made from content are called, and what they say of themselves to search engines. */
export type StaticPage = { title: string; description: string };

export const staticPages = {
  '/': {
    title: 'Boundary',
    description:
      'Learn integration testing by writing real tests that run against a real PostgreSQL, graded by the bugs they catch.',
  },
  '/lessons/': {
    title: 'Lessons',
    description:
      'Each lesson opens with a failure you could have shipped, shows how a real dependency exposes it, and ends in an exercise.',
  },
  '/exercises/': {
    title: 'Exercises',
    description: 'Write tests in the browser, run them against a real database, and see which planted bugs they catch.',
  },
  '/misconceptions/': {
    title: 'Misconceptions',
    description: 'Beliefs about integration testing that sound right, cost a lot, and are not so.',
  },
  '/review/': {
    title: 'Review',
    description: 'Quiz questions that you missed come back here, each when you are about to forget it.',
  },
  '/quizzes/final/': {
    title: 'The final quiz',
    description:
      'Questions from the whole course, in no particular order. Read why beside each option: that is where the learning is.',
  },
  '/glossary/': {
    title: 'Glossary',
    description: 'The words of integration testing, each in one or two plain sentences.',
  },
  '/in-production/': {
    title: 'In production',
    description: 'How known organisations test at the boundary, each claim with its source and how sure we are of it.',
  },
  '/progress/': {
    title: 'Your progress',
    description:
      'Lessons read, exercises passed, questions to repeat: kept without an account, and yours to take along.',
  },
  '/docs/': {
    title: 'Documentation',
    description:
      'How to host Boundary, write lessons and exercises for it, use its API, and find out what an error means.',
  },
  '/about/': {
    title: 'About',
    description: 'What Boundary is, what it holds itself to, what it keeps about you, and what it is made of.',
  },
} as const satisfies Record<string, StaticPage>;
