/**
 * `npm run bench:build [-- 0 250 1000]`: how long the site takes to build with so many lessons more than there are. The added
 * lessons are copies of the real ones under other names, so that figures, code and quizzes are in them. Works on a copy.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');
const sizes = process.argv.slice(2).map(Number);
const wanted = sizes.length > 0 ? sizes : [0, 250, 500, 1000];
if (wanted.some((size) => !Number.isInteger(size) || size < 0)) {
  console.error('Say how many lessons to add, as whole numbers: npm run bench:build -- 0 250 1000');
  process.exit(2);
}

const project = mkdtempSync(join(tmpdir(), 'boundary-build-'));
try {
  for (const name of ['site', 'content', 'exercises', 'runner', 'astro.config.mjs', 'tsconfig.json', 'package.json']) {
    cpSync(join(root, name), join(project, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  const lessons = join(project, 'content', 'lessons');
  const real = readdirSync(lessons).map((name) => ({ name, text: readFileSync(join(lessons, name), 'utf8') }));

  console.log(
    `${'lessons'.padStart(8)}${'pages'.padStart(8)}${'seconds'.padStart(10)}${'ms a lesson more'.padStart(19)}`,
  );
  let before: { size: number; seconds: number } | undefined;
  for (const size of wanted) {
    for (let index = 0; index < size; index++) {
      const { name, text } = real[index % real.length] ?? { name: '', text: '' };
      const copy = text
        .replace(/^title: (.*)$/m, `title: Copy ${index}`)
        .replace(/^order: .*$/m, `order: ${1000 + index}`);
      writeFileSync(join(lessons, `copy-${index}-${name}`), copy);
    }
    const seconds = build();
    const pages = readdirSync(join(project, 'dist', 'site'), { recursive: true, encoding: 'utf8' });
    const step = before && size > before.size ? ((seconds - before.seconds) / (size - before.size)) * 1000 : undefined;
    console.log(
      String(real.length + size).padStart(8) +
        String(pages.filter((path) => path.endsWith('.html')).length).padStart(8) +
        seconds.toFixed(1).padStart(10) +
        (step === undefined ? '–' : step.toFixed(0)).padStart(19),
    );
    before = { size, seconds };
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}

/** Builds from nothing; seconds. */
function build(): number {
  rmSync(join(project, 'dist'), { recursive: true, force: true });
  rmSync(join(project, '.astro'), { recursive: true, force: true });
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(project, 'node_modules', 'astro', 'bin', 'astro.mjs'), 'build', '--silent'],
    { cwd: project, encoding: 'utf8', env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' } },
  );
  if (status !== 0) throw new Error(`The build failed:\n${stdout}\n${stderr}`);
  return (performance.now() - began) / 1000;
}
