/**
 * `npm run lighthouse`: Lighthouse on the start page, a lesson and an exercise, as a phone on a slow network sees them. Prints the
 * scores and what keeps one below its floor. Not a part of `npm test`, because its performance score depends on how busy the machine is.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { findBrowser } from '../../../runner/cli/find-browser.ts';
import { browserFlags } from '../e2e/harness/browser.ts';
import { dataFolder, Product } from '../e2e/harness/product.ts';

const pages = ['/', '/lessons/first-container/', '/exercises/user-repository/'];
const floors = { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 };
type Category = keyof typeof floors;
const categories = Object.keys(floors) as Category[];

using folder = dataFolder();
await using product = await Product.start(folder.settings);
const profile = mkdtempSync(join(tmpdir(), 'boundary-lighthouse-'));
const browser = await startBrowser(profile);
let below = 0;
try {
  console.log(`${'page'.padEnd(32)}${categories.map((name) => name.padStart(16)).join('')}${'CLS'.padStart(8)}`);
  for (const page of pages) {
    const result = await lighthouse(`${product.address}${page}`, {
      port: browser.port,
      output: 'json',
      logLevel: 'error',
      onlyCategories: categories,
    });
    if (!result) throw new Error(`Lighthouse said nothing about ${page}.`);
    const { lhr } = result;
    if (lhr.runtimeError) throw new Error(`Lighthouse could not look at ${page}: ${lhr.runtimeError.message}`);
    const scores = categories.map((name) => Math.round((lhr.categories[name]?.score ?? 0) * 100));
    const shift = lhr.audits['cumulative-layout-shift']?.numericValue ?? Number.NaN;
    console.log(
      `${page.padEnd(32)}${scores.map((score) => String(score).padStart(16)).join('')}${shift.toFixed(3).padStart(8)}`,
    );
    for (const [index, name] of categories.entries()) {
      if ((scores[index] ?? 0) >= floors[name]) continue;
      below += 1;
      const guilty = (lhr.categories[name]?.auditRefs ?? [])
        .filter(({ weight, id }) => weight > 0 && (lhr.audits[id]?.score ?? 1) < 0.9)
        .map(({ id }) => `${id} ${lhr.audits[id]?.displayValue ?? ''}`.trim());
      console.log(`  BELOW ${floors[name]} in ${name}: ${guilty.join('; ')}`);
    }
  }
} finally {
  browser.process.kill();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
console.log(below === 0 ? '\nEvery score reaches its floor.' : `\n${below} scores are below their floor.`);
process.exitCode = below === 0 ? 0 : 1;

/** A browser that Lighthouse can reach on a port of its own. */
async function startBrowser(folder: string): Promise<{ process: ChildProcess; port: number }> {
  const path = findBrowser();
  if (!path)
    throw new Error('There is no Chromium. Install one (sudo apt-get install chromium) or name one in CHROMIUM.');
  const child = spawn(
    path,
    [...browserFlags, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(said)?.[1];
      if (found) resolve(Number(found));
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`Chromium ended before it could be used:\n${said}`)));
  });
  return { process: child, port };
}
