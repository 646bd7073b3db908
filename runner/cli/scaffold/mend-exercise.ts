import { exerciseScaffold, json } from './exercise.ts';

/** A suite to mend, in miniature: each test starts a container of its own, and one for all is what the rule allows. */
export function mendExerciseScaffold(slug: string): Record<string, string> {
  const files = exerciseScaffold(slug);
  const typescript = `exercises/${slug}/typescript`;
  const edit = (path: string, change: (text: string) => string) => {
    files[path] = change(files[path] ?? '');
  };
  edit(`exercises/${slug}/exercise.json`, (text) =>
    json({
      ...JSON.parse(text),
      summary: 'One sentence for the catalogue: what is wrong with the suite, and what it must be like afterwards.',
      kind: 'mend-suite',
      practises: ['sharing one container in a suite'],
      rules: [
        {
          rule: 'containersStarted',
          atMost: 1,
          hints: [
            'A container is started for each test.',
            'Look at the hook that starts it.',
            'Start it in beforeAll, and empty the tables before each test.',
          ],
        },
      ],
    }),
  );
  edit(
    `exercises/${slug}/brief.md`,
    (text) => `${text}
Mend the suite: it passes with **one container** for all its tests, in any order, and still catches every core bug.
`,
  );
  edit(`${typescript}/references/sorted-here/reference.json`, () =>
    json({ title: 'Sorts in the application; run shuffled', conditions: { shuffled: true } }),
  );
  const empty = `
  it('begins without notes', async () => {
    expect(await notes.all()).toEqual([]);
  });
});
`;
  const suite = (files[`${typescript}/solution/notes.test.ts`] ?? '').replace(/\}\);\n$/, empty);
  files[`${typescript}/starter/notes.test.ts`] = suite
    .replace('afterAll, beforeAll', 'afterEach, beforeEach')
    .replace('  beforeAll(', '  beforeEach(')
    .replace('  afterAll(', '  afterEach(');
  files[`${typescript}/solution/notes.test.ts`] = suite
    .replace('afterAll, beforeAll', 'afterAll, beforeAll, beforeEach')
    .replace(
      '    await container?.stop();\n  });\n',
      "    await container?.stop();\n  });\n\n  beforeEach(async () => {\n    await pool.query('truncate notes restart identity');\n  });\n",
    );
  files[`${typescript}/solution.md`] =
    'Why the solution is as it is: a server for all tests, and empty tables for each, so that none sees another’s rows.\n';
  return files;
}
