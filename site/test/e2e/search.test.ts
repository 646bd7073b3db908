import { describe, expect } from 'vitest';
import { journeyWith } from './harness/journey.ts';

const test = journeyWith();

describe('the search', () => {
  test('opens on Ctrl+K, finds a page by its words, and goes there by keyboard alone', async ({ visit }) => {
    const { page } = await visit();
    await page.goto('/', { waitUntil: 'networkidle' });
    await page.keyboard.press('Control+k');
    const dialog = page.getByRole('dialog', { name: 'Search' });
    await dialog.getByRole('searchbox').fill('container');
    await dialog.locator('[data-hits] a').first().waitFor();
    // Words that only say what follows them are no part of what is found.
    await dialog.getByRole('searchbox').fill('rollback isolates everything');
    const misconception = dialog.locator('[data-hits] a', { hasText: 'Misconception' }).first();
    await misconception.waitFor();
    expect(await misconception.textContent()).not.toContain('What people believe');
    await dialog.getByRole('searchbox').fill('container');
    await dialog.locator('[data-hits] a', { hasText: 'Your first container' }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname !== '/');
    expect(await page.getByRole('main').textContent()).toMatch(/container/i);
  });

  test('says so where nothing is found, and closes on Escape', async ({ visit }) => {
    const { page } = await visit();
    await page.goto('/docs/', { waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'Search' }).click();
    const dialog = page.getByRole('dialog', { name: 'Search' });
    await dialog.getByRole('searchbox').fill('qqxzzyvv');
    await dialog.getByText('Nothing here says “qqxzzyvv”').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });
});
