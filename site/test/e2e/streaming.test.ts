import { describe, expect } from 'vitest';
import { journeyWith } from './harness/journey.ts';
import { neverDone, wrongOnCorrectCode } from './harness/submissions.ts';
import { Workbench } from './harness/workbench.ts';

const test = journeyWith({ WORKERS: '1' });

describe('a run that goes on', () => {
  test('shows results, cells and output as they come, long before its end', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    await workbench.write(`console.log('printed on loading');\n${neverDone}`);
    await workbench.run();

    const row = page.getByRole('row', { name: /reports at once/ });
    await row.locator('td[data-cell=passes]').first().waitFor();
    await page.locator('th[data-variant]').first().waitFor();
    await page.getByTestId('output').locator('summary').first().click();
    expect(await page.locator('.wb-lines').first().textContent()).toContain('printed on loading');
    expect(await workbench.outcomeNow()).toBeNull();
    expect(await workbench.status.textContent()).toContain('Running: 0 of 11 variants done');
    expect(await page.getByTestId('announcement').textContent()).toBe('Your tests are running.');

    await workbench.button('Cancel').click();
    expect(await workbench.outcome()).toBe('cancelled');
    expect(await workbench.cells('running').count()).toBe(0);
    expect(await workbench.cells('waiting').count()).toBe(0);
  });

  test('is cancelled by the next one, so that nobody waits for a text that is gone', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    await workbench.write(neverDone);
    await workbench.run();
    await workbench.cells('passes').first().waitFor();
    await workbench.write(wrongOnCorrectCode);
    await workbench.button('Run again').click();
    expect(await workbench.outcome()).toBe('failed');
    expect(await page.getByRole('row', { name: /reports at once/ }).count()).toBe(0);
  });

  test('holds others up, who see their place in the queue and move up in it', async ({ visit }) => {
    const [first, second, third] = await Promise.all([1, 2, 3].map(async () => Workbench.open((await visit()).page)));
    if (!first || !second || !third) throw new Error('Three visitors were asked for');
    await first.write(neverDone);
    await first.run();
    await first.cells('passes').first().waitFor();

    await second.write(neverDone);
    await second.run();
    await second.headline.getByText('Next in the queue').waitFor();
    await third.write(wrongOnCorrectCode);
    await third.run();
    await third.headline.getByText('In the queue: 1 run before yours').waitFor();
    expect(await third.page.getByTestId('announcement').textContent()).toBe('Your run is in the queue.');

    await second.button('Cancel').click();
    expect(await second.outcome()).toBe('cancelled');
    await third.headline.getByText('Next in the queue').waitFor();
    await first.button('Cancel').click();
    expect(await third.outcome()).toBe('failed');
  });
});
