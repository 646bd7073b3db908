import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { Cable } from './harness/cable.ts';
import { journeyWith } from './harness/journey.ts';
import { sitePages, statusOfNowhere } from './harness/site-pages.ts';
import { floodOfOutput, neverDone, solution, starter, syntaxError, wrongOnCorrectCode } from './harness/submissions.ts';
import { Workbench } from './harness/workbench.ts';

const test = journeyWith();
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on a page or a part of it: each rule, and where it is broken. Only contrast depends on the theme. */
async function findings(page: Page, part = 'html'): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page }).include(part);
    const { violations } = await (colorScheme === 'light'
      ? axe.withTags(rules)
      : axe.withRules(['color-contrast'])
    ).analyze();
    for (const { id, impact, nodes } of violations) {
      found.push(`${colorScheme}, ${impact}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    }
  }
  return found;
}

describe('axe has nothing to say', () => {
  test('about the list of shortcuts', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    await workbench.button('Shortcuts').click();
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await findings(page)).toEqual([]);
  });

  test.for([...sitePages, '/design/'])('on %s', async (path, { visit }) => {
    const { page } = await visit(path === '/nowhere/' ? { expectedErrors: [statusOfNowhere] } : {});
    await page.goto(path);
    expect(await findings(page)).toEqual([]);
  });

  test('on a table whose rows are compared, and on cases that are sorted by keyboard', async ({ visit }) => {
    const { page } = await visit();
    await page.goto('/lessons/what-breaks/', { waitUntil: 'networkidle' });
    const table = page.locator('boundary-explore');
    const columns = () => table.locator('[data-compare] thead th').allInnerTexts();
    expect(await columns()).toEqual([]);
    for (const name of ['Queue', 'Cache']) {
      await table.getByRole('checkbox', { name }).focus();
      await page.keyboard.press('Space');
    }
    expect(await columns()).toEqual(['boundary', 'Cache', 'Queue']);
    expect(await table.locator('[data-whole]').isVisible()).toBe(false);
    expect(await findings(page, 'boundary-explore')).toEqual([]);

    await page.goto('/lessons/integration-or-unit/', { waitUntil: 'networkidle' });
    const game = page.locator('boundary-sort');
    const cases = await game.locator('[data-cases] > li').count();
    await game.getByRole('button', { name: 'Unit test' }).focus();
    for (let at = 1; at <= cases; at += 1) {
      expect(await game.getByRole('status').textContent()).toContain(`Case ${at} of ${cases}`);
      await page.keyboard.press('ArrowLeft');
      if (at < cases) await page.keyboard.press('Enter');
    }
    const units = await game.locator('[data-cases] > [data-kind=unit]').count();
    expect(await game.getByRole('status').textContent()).toContain(`You sorted ${units} of ${cases} correctly.`);
    expect(await game.locator('[data-pile=unit] > [data-verdict=wrong]').count()).toBe(cases - units);
    expect(await findings(page, 'boundary-sort')).toEqual([]);
  });

  test('on a quiz whose steps are put in order and whose line is chosen by keyboard, and which remembers both', async ({
    visit,
  }) => {
    const { page } = await visit();
    await page.goto('/quizzes/final/', { waitUntil: 'networkidle' });
    const steps = page.locator('form', { has: page.locator('[data-steps]') }).first();
    const places = () =>
      steps
        .locator('[data-place]')
        .evaluateAll((items) => items.map((item) => Number((item as HTMLElement).dataset.place)));
    const right = [...(await places())].sort((a, b) => a - b);
    expect(await places()).not.toEqual(right);
    const check = steps.getByRole('button', { name: 'Check answer' });
    await check.press('Enter');
    expect(await steps.getByRole('status').textContent()).toMatch(/^Not quite: \d of 6 stand in their place/);
    await steps.getByRole('button', { name: 'Try again' }).press('Enter');
    for (const place of right) {
      await steps.locator(`[data-place="${place}"] [data-move=up]`).focus();
      while ((await places())[place] !== place) await page.keyboard.press('Enter');
    }
    expect(await steps.getByRole('status').textContent()).toMatch(/ is \d of 6 now\.$/);
    await check.press('Enter');
    expect(await steps.getAttribute('data-result')).toBe('right');

    const code = page.locator('form', { has: page.locator('.spot') }).first();
    await code.getByRole('radio').first().focus();
    await page.keyboard.press('Space');
    await code.getByRole('button', { name: 'Check answer' }).press('Enter');
    expect(await code.getAttribute('data-result')).toBe('wrong');
    expect(await code.locator('.why:visible').count()).toBe(await code.getByRole('radio').count());

    await page.reload({ waitUntil: 'networkidle' });
    expect(await places()).toEqual(right);
    expect(await page.locator('form[data-result]').evaluateAll((forms) => forms.length)).toBe(2);
    expect(await findings(page)).toEqual([]);
  });

  test('on a workbench with results to come, running and cancelled', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    await page.getByRole('tab', { name: 'Results' }).click();
    expect(await findings(page)).toEqual([]);

    await workbench.write(neverDone);
    await workbench.run();
    await workbench.cells('passes').first().waitFor();
    expect(await findings(page)).toEqual([]);
    await workbench.button('Cancel').click();
    expect(await workbench.outcome()).toBe('cancelled');
  });

  test('on a workbench whose tests passed, with Monaco open', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    await workbench.textArea.click();
    await workbench.monaco.waitFor();
    await workbench.paste(solution);
    await workbench.run();
    expect(await workbench.outcome()).toBe('passed');
    await page.getByTestId('output').locator('summary').first().click();
    const trace = page.getByTestId('trace');
    for (const part of await trace.locator('summary').all()) await part.click();
    await trace.getByLabel('beside').selectOption({ index: 5 });
    expect(await findings(page)).toEqual([]);

    await page.getByRole('tab', { name: 'Solution' }).click();
    await page.getByText('done in 3 ways').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Earlier runs' }).click();
    await page.getByRole('button', { name: /^Compare with now/ }).click();
    await page.getByText('No difference.').waitFor();
    expect(await findings(page)).toEqual([]);
  });

  test('on a workbench that met a limit', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    expect(await workbench.runs(floodOfOutput)).toBe('output-limit');
    await page.getByTestId('limit').waitFor();
    expect(await findings(page)).toEqual([]);
  });

  test('on a workbench with survivors and an open hint', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    expect(await workbench.runs(starter)).toBe('failed');
    for (const stage of [/^Give me a hint/, /^Another hint/, /^Another hint/, /^Show the difference/]) {
      await workbench.button(stage).first().click();
    }
    await page.getByTestId('bug-difference').waitFor();
    expect(await findings(page)).toEqual([]);
  });

  test('on a workbench with a failed reference, and with a syntax error', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    expect(await workbench.runs(wrongOnCorrectCode)).toBe('failed');
    expect(await findings(page)).toEqual([]);
    await workbench.write(syntaxError);
    await workbench.run();
    await workbench.headline.getByText('could not be loaded').waitFor();
    expect(await findings(page)).toEqual([]);
  });

  test('on a workbench that lost its runner', async ({ product, visit }) => {
    await using cable = await Cable.to(product.address);
    const { page } = await visit({ origin: cable.address, expectedErrors: [/ERR_|WebSocket connection to/] });
    const workbench = await Workbench.open(page);
    await workbench.write(neverDone);
    await workbench.run();
    await workbench.cells('passes').first().waitFor();
    cable.pull();
    await workbench.headline.getByText('The connection dropped').waitFor();
    await workbench.button('Run again').click();
    await workbench.problem.waitFor();
    expect(await findings(page)).toEqual([]);
  });
});
