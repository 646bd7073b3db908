/**
 * `npm run pictures`: draws every type of page at three widths in both themes into `.cache/pictures/`, for people to look at, and
 * says where a page is wider than its window, moves while it loads, or has text without contrast.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../e2e/harness/browser.ts';
import { dataFolder, Product } from '../e2e/harness/product.ts';
import { sitePages } from '../e2e/harness/site-pages.ts';

const widths = [390, 1024, 1600];
const themes = ['light', 'dark'] as const;
/** In CSS pixels. */
const highest = 8_000;
const target = join('.cache', 'pictures');

using folder = dataFolder();
await using product = await Product.start(folder.settings);
await using browser = await launchBrowser();
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
let faults = 0;
for (const colorScheme of themes) {
  for (const width of widths) {
    const context = await browser.newContext({
      baseURL: product.address,
      viewport: { width, height: 900 },
      colorScheme,
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    for (const path of [...sitePages, '/design/', '/offline/']) {
      await page.goto(path, { waitUntil: 'networkidle' });
      await page.evaluate(() => document.fonts.ready);
      const overhang = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      const shift = await page.evaluate(layoutShift);
      // Afterwards: for a picture of the whole page the window becomes as high as the page, and everything is laid out anew.
      await draw(page, `${path.replaceAll('/', '_')}-${width}-${colorScheme}`);
      const { violations } = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
      const found = [
        overhang > 0 && `${overhang} px wider than the window`,
        shift > 0.001 && `things move while it loads: a shift of ${shift.toFixed(3)}`,
        ...violations.flatMap(({ nodes }) => nodes.map(({ target: at }) => `too little contrast at ${at.join(' ')}`)),
      ].filter((fault) => fault !== false);
      faults += found.length;
      for (const fault of found) console.log(`${path} at ${width} px, ${colorScheme}: ${fault}`);
    }
    await context.close();
  }
}
console.log(
  `Pictures are in ${target}/. ${faults === 0 ? 'Nothing is amiss that a program can see.' : `${faults} faults.`}`,
);
process.exitCode = faults === 0 ? 0 : 1;

/** The whole page, in pieces that programs which show pictures can take. */
async function draw(page: Page, name: string): Promise<void> {
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.documentElement.scrollHeight,
  }));
  for (let y = 0; y < height; y += highest) {
    await page.screenshot({
      path: join(target, `${name}${y === 0 ? '' : `-${y / highest + 1}`}.png`),
      fullPage: true,
      clip: { x: 0, y, width, height: Math.min(highest, height - y) },
    });
  }
}

/** Runs in the page: how far things have moved since it began to load, as browsers sum it. */
function layoutShift(): Promise<number> {
  return new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) sum += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    // What was recorded before is handed over within a frame.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum), 50)));
  });
}
