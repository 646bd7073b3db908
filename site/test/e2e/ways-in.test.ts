import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { journeyWith } from './harness/journey.ts';

const test = journeyWith();

/** What lies in the browser's storage under keys that begin so. */
function kept(page: Page, prefix: string): Promise<Record<string, string>> {
  return page.evaluate(
    (wanted) => Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith(wanted))),
    prefix,
  );
}

describe('the taste on the start page', () => {
  test('runs a test that catches nothing, then one that catches a bug, and shows what crossed', async ({ visit }) => {
    const { page } = await visit();
    await page.goto('/');
    const taste = page.locator('boundary-taste');
    await taste.getByRole('button', { name: 'Run this test' }).click();
    await taste.getByText('it caught none of 8 bugs').waitFor({ timeout: 40_000 });
    expect(await taste.locator('[data-is=caught]').count()).toBe(0);

    await taste.getByRole('button', { name: 'Add this test and run both' }).click();
    await taste.getByText('Caught 3 of 8 bugs').waitFor({ timeout: 40_000 });
    expect(await taste.locator('[data-mutant][data-is=caught]').count()).toBe(3);
    const lane = (name: string) => taste.locator(`[data-lane=${name}]`);
    await lane('bug').getByText('the test fails').waitFor();
    expect(await lane('reference').locator('li').allInnerTexts()).toContainEqual(expect.stringContaining('commit'));
    const bug = await lane('bug').locator('li').allInnerTexts();
    expect(bug).toContainEqual(expect.stringContaining('rollback'));
    expect(bug.at(-1)).toContain('0 rows');
    // A taste is no progress.
    expect(await kept(page, 'boundary:')).toEqual({});
  });
});

describe('a question that was missed', () => {
  test('comes back on the review page once it is due, and goes when it is answered', async ({ visit }) => {
    const { page } = await visit();
    await page.goto('/lessons/first-container/', { waitUntil: 'networkidle' });
    const question = page.locator('boundary-quiz form').first();
    await question.locator('[data-correct=false]').first().check();
    await question.getByRole('button', { name: 'Check answer' }).click();
    await expect.poll(async () => Object.keys(await kept(page, 'boundary:review:'))).toHaveLength(1);

    await page.goto('/review/', { waitUntil: 'networkidle' });
    await page.getByText('Nothing is due.').waitFor();
    await page.evaluate(() => {
      for (const [key, text] of Object.entries(localStorage)) {
        if (!key.startsWith('boundary:review:')) continue;
        localStorage.setItem(key, JSON.stringify({ ...JSON.parse(text), due: '2026-01-01T00:00:00.000Z' }));
      }
    });
    await page.reload({ waitUntil: 'networkidle' });
    await page.getByText('1 question is due.').waitFor();
    await page.getByRole('button', { name: 'Answer it' }).click();
    const asked = page.locator('boundary-quiz form');
    await asked.locator('[data-correct=true]').first().check();
    await asked.getByRole('button', { name: 'Check answer' }).click();
    await page.getByText(/^It comes back on /).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Nothing is due.').waitFor();
    expect(await asked.count()).toBe(0);
  });
});

describe('the catalogue of exercises', () => {
  test('is narrowed by what is chosen, which the address keeps', async ({ visit }) => {
    const { page } = await visit();
    await page.goto('/exercises/', { waitUntil: 'networkidle' });
    const rows = page.locator('[data-exercise-row]:visible');
    const all = await rows.count();
    await page.getByLabel('Level').selectOption('advanced');
    const advanced = await rows.count();
    expect(advanced).toBeGreaterThan(0);
    expect(advanced).toBeLessThan(all);
    await page.reload({ waitUntil: 'networkidle' });
    expect(await rows.count()).toBe(advanced);
    await page.getByLabel('State').selectOption('passed');
    await page.getByText('None is like that.').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    expect(await rows.count()).toBe(all);
    expect(new URL(page.url()).search).toBe('');
  });
});

describe('without a connection', () => {
  test('pages that were visited can be read, and others say what is missing', async ({ visit }) => {
    const { page, context } = await visit({
      serviceWorkers: 'allow',
      expectedErrors: [/ERR_INTERNET_DISCONNECTED|Failed to fetch/],
    });
    await page.goto('/lessons/');
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.goto('/lessons/first-container/', { waitUntil: 'networkidle' });
    await page.waitForFunction(async () => (await caches.match(location.href)) !== undefined);
    await page.goto('/exercises/?level=advanced', { waitUntil: 'networkidle' });
    await page.waitForFunction(async () => (await caches.match('/exercises/')) !== undefined);
    // What the runner tells this learner, at an address that only looks like a page's.
    for (const address of ['/%61pi/progress', '/%61pi/docs', '/%61dmin']) await page.goto(address);
    await page.goto('/lessons/first-container/', { waitUntil: 'networkidle' });
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return keys.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(kept).toContain('/lessons/first-container/');
    expect(kept.filter((path) => path.startsWith('/%'))).toEqual([]);
    await context.setOffline(true);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Your first container' }).waitFor();
    const token = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--line'));
    expect(token).not.toBe('');
    // One page, whatever its query was when it was read.
    await page.goto('/exercises/?level=beginner');
    await page.locator('[data-exercise-row]').first().waitFor();
    await page.goto('/glossary/');
    await page.getByRole('heading', { level: 1, name: /^You are offline/ }).waitFor();
    await page.getByRole('link', { name: 'Your first container' }).waitFor();
    expect(
      await page.evaluate(() =>
        fetch('/api/exercises').then(
          () => 'answered',
          () => 'no answer',
        ),
      ),
    ).toBe('no answer');
  });
});
