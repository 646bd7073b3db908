import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { journeyWith } from './harness/journey.ts';
import { Workbench } from './harness/workbench.ts';

const test = journeyWith();
const slug = 'rollback-isolation';
const exercise = join(import.meta.dirname, '..', '..', '..', 'exercises', slug, 'typescript');
const file = 'with-rollback.ts';
const solution = readFileSync(join(exercise, 'solution', file), 'utf8');

describe('an exercise that asks for code', () => {
  test('says which hidden tests the starter fails, helps in stages down to the tests, and passes the solution', async ({
    visit,
  }) => {
    const { page } = await visit();
    const answers: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/answers.json')) answers.push(request.url());
    });
    const workbench = await Workbench.open(page, `/exercises/${slug}/`, file);
    await workbench.run();
    expect(await workbench.outcome()).toBe('failed');
    const check = workbench.check('nothing-committed');
    await check.getByText('withRollback > lets a test see what it wrote, and leaves nothing of it').waitFor();
    await check.getByText('Expected by the hidden test').first().waitFor();
    // Of a check that passes, there is nothing to help with.
    expect(await workbench.check('connection-given-back').getAttribute('data-result')).toBe('passed');
    expect(await workbench.check('connection-given-back').getByRole('button').count()).toBe(0);

    for (const stage of [/^Give me a hint/, /^Another hint/, /^Another hint/]) {
      await check.getByRole('button', { name: stage }).click();
    }
    await check.getByText('Take one client from the pool', { exact: false }).waitFor();
    // The tests are not on the machine of somebody who has not asked for them.
    expect(answers).toEqual([]);
    await check.getByRole('button', { name: /^Show its tests/ }).click();
    await check.getByTestId('hidden-tests').getByText("describe('withRollback'", { exact: false }).waitFor();

    expect(await workbench.runs(solution)).toBe('passed');
    await workbench.headline.getByText('Passed: every core check passed').waitFor();
    await workbench.headline.getByText('5 of 5 core checks and 2 of 2 bonus checks passed.').waitFor();
    const rows = await workbench.rows().count();
    expect(await workbench.cells('passes').count()).toBe(rows);
    expect(await workbench.cells('fails').count()).toBe(0);
    await page.getByTestId('shown').getByText('It keeps 7 promises', { exact: false }).waitFor();

    await workbench.rows().first().getByRole('button').click();
    await workbench.headline.getByText('One hidden test ran: your code passes it').waitFor();

    await page.getByRole('tab', { name: 'Solution' }).click();
    await page.getByTestId('solution').getByText('The tests that checked it').waitFor();
    await page.getByRole('tab', { name: 'Earlier runs' }).click();
    await page.getByTestId('history').getByText('7 of 7 checks passed.').waitFor();
  });

  test('that has a mistake in its syntax tells it once, with its place, and gives no hints on code that never ran', async ({
    visit,
  }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page, `/exercises/${slug}/`, file);
    expect(await workbench.runs(`${solution}\n}`)).toBe('failed');
    await workbench.headline.getByText('Your code could not be loaded', { exact: false }).waitFor();
    const results = page.getByTestId('results');
    expect(await results.getByRole('button', { name: `Show in the editor: ${file}:` }).count()).toBe(1);
    expect(await results.locator('pre').count()).toBe(1);
    expect(await results.getByText('It fails for the same reason as C1.').count()).toBe(6);
    expect(await results.getByRole('button', { name: /hint/ }).count()).toBe(0);
    const receipt = await page.getByTestId('receipt').textContent();
    expect(receipt).toContain('All checks together');
    expect(receipt).not.toContain('implementation');
  });
});
