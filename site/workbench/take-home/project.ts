/** The exercise with a person's own code as a project that runs on their own Docker. */
import type { Answers } from '../answers.ts';
import type { Texts } from '../drafts.ts';
import type { WorkbenchExercise } from '../exercise-props.ts';
import checksScript from './checks.mjs?raw';
import failuresReporter from './failures-reporter.mjs?raw';
import mutantsScript from './mutants.mjs?raw';
import runVariant from './run-variant.mjs?raw';

type Taken = Pick<
  WorkbenchExercise,
  'slug' | 'kind' | 'title' | 'brief' | 'files' | 'references' | 'mutants' | 'checks' | 'packages'
>;

/** Path in the project → text. */
export function takeHomeProject(exercise: Taken, answers: Answers, texts: Texts): Record<string, string> {
  const { slug, kind, title, brief, files, mutants, checks, packages } = exercise;
  const isCode = kind === 'write-code';
  const bases = answers.mutants.map(({ id, base }) => {
    const { title: symptom = id, core = true } = mutants.find((mutant) => mutant.id === id) ?? {};
    return { id, title: symptom, core, base };
  });
  return {
    'package.json': json({
      name: slug,
      private: true,
      type: 'module',
      engines: { node: '>=22.12' },
      scripts: isCode ? { test: 'node checks.mjs' } : { test: 'vitest run', mutants: 'node mutants.mjs' },
      devDependencies: packages,
    }),
    'vitest.config.ts': vitestConfig,
    'tsconfig.json': json({
      compilerOptions: {
        target: 'ESNext',
        module: 'ESNext',
        moduleResolution: 'Bundler',
        strict: true,
        skipLibCheck: true,
        noEmit: true,
        types: ['node', 'vitest/globals'],
      },
      include: ['src'],
    }),
    '.gitignore': 'node_modules/\n.variant/\n',
    'README.md': isCode ? codeReadme(title) : readme(title) + (kind === 'mend-suite' ? mendingReadme : ''),
    'BRIEF.md': brief,
    ...(isCode ? { 'checks.mjs': checksScript } : { 'mutants.mjs': mutantsScript }),
    'run-variant.mjs': runVariant,
    'failures-reporter.mjs': failuresReporter,
    'variants/variants.json': json({
      references: answers.references.map(({ id, title: how, conditions }) => ({ id, title: how, conditions })),
      mutants: bases,
      checks: checks.map(({ id, title: promise, core }) => ({ id, title: promise, core })),
    }),
    ...below('src', Object.fromEntries(files.map(({ path, text }) => [path, texts[path] ?? text]))),
    ...merged(answers.references.map(({ id, files: own }) => below(`variants/references/${id}`, own))),
    ...merged(answers.mutants.map(({ id, changed }) => below(`variants/mutants/${id}`, changed))),
    ...merged(answers.checks.map(({ id, tests }) => below(`variants/checks/${id}`, tests))),
  };
}

const vitestConfig = `import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globals: true,
    include: ['src/**/*.test.ts'],
    // The first start of a container may have to fetch its image.
    hookTimeout: 180_000,
  },
});
`;

function readme(title: string): string {
  return `# ${title}

Needs Docker and Node 22.12 or newer.

\`\`\`sh
npm install
npm test            # your tests, against the code in src/
npm run mutants     # your tests, against every correct implementation and every planted bug
\`\`\`

\`BRIEF.md\` says what the code promises. \`npm run mutants -- ID\` runs one implementation or bug only; their ids are the
folders in \`variants/\`. Looking into those tells you what the bugs are.
`;
}

/** What rules are about is seen where containers are started, which at home is somebody else's Docker. */
const mendingReadme = `
Implementations whose title says how the tests are run on them are run like that here, too. The rules are not looked at here:
containers, connections and rows that are left are counted by the runner alone.
`;

function codeReadme(title: string): string {
  return `# ${title}

Needs Docker and Node 22.12 or newer.

\`\`\`sh
npm install
npm test                  # every check, against the code in src/
npm test -- ID            # one check; the ids are the folders in variants/checks/
\`\`\`

\`BRIEF.md\` says what the code has to do. The tests of the checks are in \`variants/checks/\`. Looking into those tells you
what they are about.
`;
}

function below(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

function merged(parts: readonly Record<string, string>[]): Record<string, string> {
  return Object.assign({}, ...parts);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
