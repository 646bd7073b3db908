import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { journeyWith } from './harness/journey.ts';
import { Workbench } from './harness/workbench.ts';

const test = journeyWith();
const slug = 'slow-suite';
const file = 'wishes.test.ts';
const exercise = join(import.meta.dirname, '..', '..', '..', 'exercises', slug, 'typescript');
const solution = readFileSync(join(exercise, 'solution', file), 'utf8');

describe('an exercise that asks to mend a suite', () => {
  test('says which rule the starter breaks and where, helps with the rule, and passes the solution', async ({
    visit,
  }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page, `/exercises/${slug}/`, file);
    await workbench.run();
    expect(await workbench.outcome()).toBe('failed');
    await workbench.headline.getByText('Not passed: your suite breaks a rule').waitFor();
    const told = page.getByTestId('failing-references');
    await told.getByText('Your suite breaks a rule').waitFor();
    expect(await told.textContent()).toMatch(/\d+ containers were started; \d+ (is|are) allowed\./);
    // Its tests pass all the same, and no bug is planted in the meantime.
    expect(await workbench.cells('passes').count()).toBeGreaterThan(0);
    expect(await workbench.cells('fails').count()).toBe(0);
    const results = page.locator('[data-testid^=bug-]');
    const outcomes = () => results.evaluateAll((all) => all.map((bug) => (bug as HTMLElement).dataset.result));
    expect(new Set(await outcomes())).toEqual(new Set(['not-run']));

    const rule = page.getByTestId('rule-containersStarted');
    await rule.getByText('Broken on C1, C2.').waitFor();
    for (const stage of [/^Give me a hint/, /^Another hint/, /^Another hint/]) {
      await rule.getByRole('button', { name: stage }).click();
    }
    await rule.getByText('Start the container in beforeAll', { exact: false }).waitFor();
    expect(await rule.getByRole('button').count()).toBe(0);

    expect(await workbench.runs(solution)).toBe('passed');
    await workbench.headline.getByText('Passed: every core bug was caught').waitFor();
    expect(new Set(await outcomes())).toEqual(new Set(['killed']));
    expect(await told.count()).toBe(0);
    expect(await rule.getByText('kept', { exact: true }).count()).toBe(1);

    // Found again after a reload, and nothing is left open by that.
    await page.reload({ waitUntil: 'networkidle' });
    await workbench.headline.getByText('Passed: every core bug was caught').waitFor();

    await page.setViewportSize({ width: 390, height: 844 });
    const matrix = page.getByTestId('kill-matrix');
    for (const head of await matrix.locator('th[data-variant]').all()) {
      const { x = -1, width = 0 } = (await head.boundingBox()) ?? {};
      expect([x >= 0, x + width <= 390]).toEqual([true, true]);
    }
    expect(await matrix.evaluate((table) => table.scrollWidth - table.clientWidth)).toBe(0);
    // Over a list of tests that is longer than the window, what stands above the cells stays in sight.
    await page.setViewportSize({ width: 390, height: 500 });
    await matrix.locator('tfoot').scrollIntoViewIfNeeded();
    const onTop = matrix
      .locator('th[data-variant]')
      .first()
      .evaluate((head) => {
        const { x, y, width, height } = head.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2)?.closest('th') === head;
      });
    expect(await onTop).toBe(true);
    // And so does what is said of a cell, when one is touched.
    await matrix.locator('tbody td[data-cell]').first().click();
    const said = (await page.getByTestId('cell-words').boundingBox()) ?? { y: Number.NaN, height: 0 };
    const bar = (await workbench.button('Run').boundingBox())?.y ?? 0;
    expect(said.y + said.height).toBeLessThan(bar);
    // A cell says the same as in a wide window, and its row and column are its heads.
    const bugs = await results.count();
    expect(await matrix.getByRole('columnheader').count()).toBeGreaterThan(bugs);
    expect(await matrix.getByRole('gridcell', { name: 'caught', exact: true }).count()).toBe(bugs);
    expect(await matrix.getByRole('gridcell', { name: 'catches it', exact: true }).count()).toBeGreaterThanOrEqual(
      bugs,
    );
    await matrix.getByRole('button').first().focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    expect(await page.getByTestId('cell-words').textContent()).toMatch(/^B1, “.*”: (catches|misses) it in /);
    for (const key of ['Control+End', 'ArrowLeft']) await page.keyboard.press(key);
    expect(await page.getByTestId('cell-words').textContent()).toMatch(/^\+1, “.*”: caught$/);
  });
});
