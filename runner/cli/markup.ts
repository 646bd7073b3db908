/**
 * `npm run markup`: holds every page of the built site against the HTML standard. Its last line counts, for `npm test`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const root = join(import.meta.dirname, '..', '..', 'dist', 'site');
if (!existsSync(join(root, 'index.html'))) {
  console.error('There is no built site to look at. Run npm run build, then this again.');
  process.exit(1);
}

const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ['html-validate:standard'] }));
const pages = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.html') && !path.startsWith('pagefind/'))
  .sort();

let failed = 0;
for (const page of pages) {
  const { results } = await validator.validateFile(join(root, page));
  const messages = results.flatMap((result) => result.messages);
  if (messages.length > 0) failed += 1;
  for (const { line, column, message, ruleId } of messages) {
    console.log(`FAIL ${page}:${line}:${column}: ${message} (${ruleId})`);
  }
}
console.log(`\n${pages.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
