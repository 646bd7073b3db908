import { describe, expect, it } from 'vitest';
import { type CourseEntries, checkCourse, checkFences } from './check-course.ts';

const sound: CourseEntries = {
  lessons: [
    {
      id: 'first',
      data: { exercise: 'repo', misconceptions: ['belief'], quiz: 'first' },
      body: '[Prose](/lessons/first/#a), <Quiz />',
    },
  ],
  misconceptions: [{ id: 'belief', data: { lessons: ['first'] } }],
  exercises: [
    { id: 'repo', data: { lesson: 'first', misconceptions: ['belief'], mutants: [{ id: 'lost' }], checks: [] } },
  ],
  quizzes: [{ id: 'first', data: {} }],
  docs: [],
  proofs: [{ id: 'belief', data: {} }],
};

describe('checkCourse', () => {
  it('finds nothing wrong where every slug leads somewhere', () => {
    expect(checkCourse(sound)).toEqual([]);
  });

  it('names the file, the field and the slugs to choose from', () => {
    const [lesson] = sound.lessons;
    if (!lesson) throw new Error('the fixture has one lesson');
    const problems = checkCourse({ ...sound, lessons: [{ ...lesson, data: { ...lesson.data, exercise: 'rpo' } }] });
    expect(problems).toEqual([
      'content/lessons/first.mdx: exercise names “rpo”, which is not in exercises/. Correct the slug (use one of repo) or add it.',
    ]);
  });

  it('follows the misconception behind a planted bug, and behind a check', () => {
    const data = { lesson: 'first', misconceptions: [], mutants: [], checks: [] };
    const stray = { id: 'lost', misconception: 'no' };
    const problems = checkCourse({
      ...sound,
      exercises: [
        { id: 'repo', data: { ...data, mutants: [stray] } },
        { id: 'helper', data: { ...data, checks: [stray] } },
      ],
    });
    const told = problems.filter((problem) => problem.includes('misconception names “no”'));
    expect(told.map((problem) => problem.split(':')[0])).toEqual([
      'exercises/repo/typescript/mutants/lost/mutant.json',
      'exercises/helper/typescript/checks/lost/check.json',
    ]);
  });
});

describe('what a lesson leads to', () => {
  const lesson = (body: string) =>
    checkCourse({ ...sound, lessons: sound.lessons.map((one) => ({ ...one, body: `<Quiz />\n${body}` })) });

  it('is there, or the message says on which line and what there is instead', () => {
    expect(lesson('See [that one](/lessons/frist/#start) and <a href="/exercises/repo/">this</a>.')).toEqual([
      'content/lessons/first.mdx: the link /lessons/frist/#start on line 2 of the text below the frontmatter leads nowhere: “frist” is not in content/lessons/. Correct it (first) or add the page.',
    ]);
  });

  it('includes its quiz, and no quiz is left over', () => {
    const [first] = sound.lessons;
    if (!first) throw new Error('the fixture has one lesson');
    const problems = checkCourse({
      ...sound,
      lessons: [{ ...first, body: 'Prose.' }],
      quizzes: [...sound.quizzes, { id: 'final', data: {} }, { id: 'lost', data: {} }],
    });
    expect(problems).toEqual([
      'content/lessons/first.mdx: the quiz “first” is named and never shown. Put <Quiz /> where it belongs in the text.',
      'content/quizzes/lost.yaml: no lesson shows this quiz. Write “quiz: lost” into a lesson’s frontmatter, or rename the file.',
    ]);
  });
});

describe('checkFences', () => {
  it('refuses code that no test has run and says where', () => {
    expect(checkFences('a.mdx', 'One.\n\n```ts\nlet a;\n```')[0]).toMatch(
      /^a\.mdx: a “ts” code block starts on line 3 /,
    );
  });

  it('lets shell, text and fences inside longer fences be', () => {
    expect(checkFences('a.mdx', '```sh\nnpm start\n```\n\n````text\n```ts\n````\n')).toEqual([]);
  });
});
