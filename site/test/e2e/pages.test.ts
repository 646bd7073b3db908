import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { journeyWith } from './harness/journey.ts';
import { sitePages, statusOfNowhere } from './harness/site-pages.ts';
import { solution } from './harness/submissions.ts';
import { Workbench } from './harness/workbench.ts';

const test = journeyWith();
const widths = [390, 1024, 1600];

/** How much wider than the window a page is, in CSS pixels. */
function overhang(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function overhangs(page: Page): Promise<[number, number][]> {
  const found: [number, number][] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    found.push([width, await overhang(page)]);
  }
  return found;
}

const none = widths.map((width) => [width, 0]);

describe('every type of page', () => {
  // That none asks another origin for anything or logs an error, each visitor's end checks.
  test.for(sitePages)('%s fits windows of 390, 1024 and 1600 px and keeps to its origin', async (path, { visit }) => {
    const { page } = await visit(path === '/nowhere/' ? { expectedErrors: [statusOfNowhere] } : {});
    await page.goto(path, { waitUntil: 'networkidle' });
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await overhangs(page)).toEqual(none);
  });

  test('says so where an address leads nowhere, and leads on', async ({ visit }) => {
    const { page } = await visit({ expectedErrors: [statusOfNowhere] });
    const answer = await page.goto('/nowhere/');
    expect(answer?.status()).toBe(404);
    await page.getByRole('main').getByRole('link').first().click();
    await page.waitForURL((address) => address.pathname !== '/nowhere/');
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  test('keeps the theme that a person chose, from the first paint on', async ({ visit }) => {
    const { page } = await visit({ colorScheme: 'light' });
    await page.goto('/');
    const toggle = page.getByRole('button', { name: /^Theme:/ });
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    while ((await theme()) !== 'dark') await toggle.click();
    await page.goto('/lessons/');
    expect(await theme()).toBe('dark');
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const dark = await ground();
    while ((await theme()) === 'dark') await toggle.click();
    expect(await ground()).not.toBe(dark);
  });
});

describe('the contents of a lesson', () => {
  test('are folded above the text where there is no room, and stand beside it where there is', async ({ visit }) => {
    const { page } = await visit({ viewport: { width: 1024, height: 900 } });
    await page.goto('/lessons/first-container/');
    const contents = page.getByRole('navigation', { name: 'On this page' });
    expect(await contents.count()).toBe(1);
    const link = contents.getByRole('link', { name: 'Key takeaways' });
    expect(await link.isVisible()).toBe(false);
    await contents.getByText('On this page').click();
    await link.click();
    expect(new URL(page.url()).hash).toBe('#takeaways');

    await page.setViewportSize({ width: 1600, height: 900 });
    expect(await contents.count()).toBe(1);
    expect(await link.isVisible()).toBe(true);
  });
});

describe('code in several languages', () => {
  test('is chosen once by keyboard, for all pages, and a language that is not there leaves TypeScript', async ({
    visit,
  }) => {
    const { page } = await visit();
    await page.goto('/lessons/first-container/', { waitUntil: 'networkidle' });
    const selected = () => page.getByRole('tab', { selected: true }).allInnerTexts();
    const all = page.locator('boundary-languages');
    expect(new Set(await selected())).toEqual(new Set(['TypeScript']));
    await all.first().getByRole('tab', { name: 'TypeScript' }).press('End');
    const withGo = await page.locator('boundary-languages[data-has~=go]').count();
    expect((await selected()).sort()).toEqual([
      ...Array(withGo).fill('Go'),
      ...Array((await all.count()) - withGo).fill('TypeScript'),
    ]);
    await page.goto('/lessons/your-http-api/', { waitUntil: 'networkidle' });
    expect(new Set(await selected())).toEqual(new Set(['Go']));
    expect(await page.getByText('app.ServeHTTP(').first().isVisible()).toBe(true);
    expect(await page.locator('[data-variant=typescript]:visible').count()).toBe(0);
  });
});

describe('a figure to step through', () => {
  test('goes on and back by keyboard, and says each step in words', async ({ visit }) => {
    const { page } = await visit();
    await page.goto('/lessons/transactions-under-concurrency/');
    const figure = page.locator('boundary-steps');
    const words = figure.locator('[data-words]');
    await figure.getByRole('button', { name: 'Next step' }).focus();
    await page.keyboard.press('Enter');
    expect(await words.textContent()).toMatch(/^1 of 9\. /);
    expect(await figure.locator('[data-when=now]').count()).toBe(1);
    expect(await figure.locator('[data-when=later]').count()).toBe(8);

    await figure.getByRole('button', { name: 'Step back' }).focus();
    await page.keyboard.press('Enter');
    expect(await figure.locator('[data-when=past]').count()).toBe(9);
    await page.keyboard.press('Enter');
    expect(await words.textContent()).toMatch(/^9 of 9\. /);
  });
});

describe('a workbench that a run fills', () => {
  test('stands still meanwhile, fits each window, and shows eleven columns at 1440 px without a scroll', async ({
    visit,
  }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    await workbench.write(solution);
    await page.evaluate(watchMatrix);
    await workbench.run();
    expect(await workbench.outcome()).toBe('passed');
    expect(await page.evaluate(() => (globalThis as unknown as { heights: number[] }).heights)).toHaveLength(1);

    expect(await page.locator('th[data-variant]').count()).toBe(11);
    // What scrolls is around the grid, which the arrow keys move in.
    const box = page.getByTestId('kill-matrix').locator('..');
    const words = page.locator('[data-testid=kill-matrix] tfoot td');
    // 17 px less stand for the scroll bar of the pane, which headless browsers do not draw.
    for (const width of [1440 - 17, 1440, 1600]) {
      await page.setViewportSize({ width, height: 900 });
      expect([width, await box.evaluate((element) => element.scrollWidth - element.clientWidth)]).toEqual([width, 0]);
      expect(await words.evaluateAll((all) => all.filter((cell) => cell.scrollWidth > cell.clientWidth).length)).toBe(
        0,
      );
    }
    expect(await overhangs(page)).toEqual(none);
  });
});

/** Runs in the page: the heights, in CSS pixels, that the matrix takes from its first row with a test, or room for one, on. */
function watchMatrix(): void {
  const page = Object.assign(globalThis, { heights: [] as number[] });
  const look = () => {
    const matrix = document.querySelector<HTMLElement>('[data-testid=kill-matrix]');
    const height = matrix?.querySelector('tbody .wb-run-one') ? matrix.offsetHeight : undefined;
    if (height !== undefined && height !== page.heights.at(-1)) page.heights.push(height);
    requestAnimationFrame(look);
  };
  look();
}
