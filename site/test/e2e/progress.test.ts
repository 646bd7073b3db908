import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { journeyWith } from './harness/journey.ts';
import { solution } from './harness/submissions.ts';
import { Workbench } from './harness/workbench.ts';

const test = journeyWith();

/** What the page counts as done, such as `1 of 20`, without the total. */
async function counted(page: Page): Promise<string[]> {
  const places = await page.locator('[data-count]').allInnerTexts();
  return places.map((text) => text.split(' ')[0] ?? '');
}

describe('progress', () => {
  test('is remembered, travels in a file to another browser, and is forgotten on demand', async ({ visit }) => {
    const { page } = await visit();
    await page.goto('/lessons/first-container/', { waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'I have read this' }).click();
    await page.getByRole('button', { name: 'I have read this', pressed: true }).waitFor();
    await page.goto('/lessons/');
    await page.locator('.done[data-lesson-row=first-container]').waitFor();

    const workbench = await Workbench.open(page);
    await workbench.write(solution);
    await workbench.run();
    expect(await workbench.outcome()).toBe('passed');

    await page.goto('/progress/', { waitUntil: 'networkidle' });
    expect(await counted(page)).toEqual(['1', '1']);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    const file = await readFile(await (await download).path());
    expect(file.toString()).not.toContain('boundary:run:');

    // A browser that has lost its storage, but not its cookie, gets it back from the runner.
    await page.goto('/progress/', { waitUntil: 'networkidle' });
    await page.evaluate(() => localStorage.clear());
    await page.reload({ waitUntil: 'networkidle' });
    await expect.poll(() => counted(page)).toEqual(['1', '1']);

    const { page: other } = await visit();
    await other.goto('/progress/', { waitUntil: 'networkidle' });
    expect(await counted(other)).toEqual(['0', '0']);
    const choose = (buffer: Buffer) =>
      other.locator('[type=file]').setInputFiles({ name: 'progress.json', mimeType: 'application/json', buffer });
    await choose(Buffer.from('{}'));
    await other.getByText('holds no progress of Boundary').waitFor();
    await choose(file);
    await other.getByText('Imported.').waitFor();
    expect(await counted(other)).toEqual(['1', '1']);

    await other.getByRole('button', { name: 'Forget me' }).click();
    await other.getByRole('button', { name: 'Forget everything' }).click();
    await other.getByText('Forgotten.').waitFor();
    expect(await counted(other)).toEqual(['0', '0']);
    expect(await other.evaluate(() => Object.keys(localStorage))).toEqual([]);
  });
});
