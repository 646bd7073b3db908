import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { journeyWith } from './harness/journey.ts';
import { solution, starter } from './harness/submissions.ts';
import { exercisePath, testFile, Workbench } from './harness/workbench.ts';

const test = journeyWith();
const lessonPath = '/lessons/first-container/';

/** Presses Tab until the element that matches has the focus. Fails where it is not reached. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}

describe('the main job', () => {
  test('leads from the home page over the course map through the lesson and its quiz to an exercise that the solution passes', async ({
    visit,
  }) => {
    const { page } = await visit();
    await page.goto('/');
    expect(await page.getByRole('link', { name: /^Start with “/ }).getAttribute('href')).toMatch(/^\/lessons\/./);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Lessons' }).click();
    await page.getByRole('main').locator(`a[href="${lessonPath}"]`).click();
    await page.waitForURL(`**${lessonPath}`);

    const [question] = await page.locator('boundary-quiz form').all();
    const right = await question?.locator('[data-correct=true]').all();
    for (const option of right ?? []) await option.check();
    await question?.getByRole('button', { name: 'Check answer' }).click();
    expect(await question?.getAttribute('data-result')).toBe('right');

    await page.getByRole('main').locator(`a[href="${exercisePath}"]`).first().click();
    const workbench = await Workbench.on(page);
    await workbench.textArea.click();
    await workbench.monaco.waitFor();
    await workbench.paste(solution);
    await workbench.run();

    expect(await workbench.outcome()).toBe('passed');
    expect(await workbench.headline.textContent()).toContain('Passed: every core bug was caught');
    const bugs = page.locator('[data-testid^="bug-"]');
    expect(await bugs.evaluateAll((all) => all.map((bug) => (bug as HTMLElement).dataset.result))).toEqual(
      Array(8).fill('killed'),
    );
    expect(await workbench.cells('passes').count()).toBe(5 * 3);
    expect(await workbench.cells('fails').count()).toBe(0);
    expect(await page.getByTestId('announcement').textContent()).toContain('8 of 8 bugs caught');
    const receipt = page.getByTestId('receipt');
    expect(await receipt.textContent()).toContain('to the verdict');
    expect(await receipt.locator('li[data-part=test]').count()).toBe(5);
    expect(await receipt.locator('rect[data-part=container]').count()).toBe(1);
    expect(await page.getByTestId('shown').textContent()).toContain('They hold for 3 correct implementations');

    // The solution is there without a question now, beside a text that it does not touch.
    await page.getByRole('tab', { name: 'Solution' }).click();
    await page.getByText('done in 3 ways').waitFor();
    expect(await page.getByTestId('solution').getByText('No difference.').count()).toBe(1);

    const downloading = page.waitForEvent('download');
    await workbench.button('Take it home').click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('user-repository.zip');
    const files = unzipSync(readFileSync(await download.path()));
    const own = files['user-repository/src/user-repository.test.ts'];
    expect(own && strFromU8(own)).toBe(solution);
  });

  test('shows which bugs a weak test lets through, and gives their hints one at a time', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    expect(await workbench.runs(starter)).toBe('failed');

    expect(await workbench.headline.textContent()).toMatch(/Not passed: \d+ core bugs? got past your tests/);
    const bug = workbench.bug('not-persisted');
    expect(await bug.getAttribute('data-result')).toBe('survived');
    expect(await workbench.page.getByTestId('result-not-persisted').textContent()).toBe('survived');
    const hints = bug.locator('.wb-hints li');
    expect(await hints.count()).toBe(0);
    await bug.getByRole('button', { name: /^Give me a hint/ }).click();
    expect(await hints.count()).toBe(1);
    for (const shown of [2, 3]) {
      await bug.getByRole('button', { name: /^Another hint/ }).click();
      expect(await hints.count()).toBe(shown);
    }
    expect(await bug.getByRole('link').count()).toBe(2);
    await bug.getByRole('button', { name: /^Show the difference/ }).click();
    const difference = bug.getByTestId('bug-difference');
    await difference.locator('[data-line=removed]', { hasText: "'commit'" }).waitFor();
    expect(await difference.locator('[data-line=added]').textContent()).toContain("'rollback'");
    expect(await bug.getByRole('button').count()).toBe(0);
    expect(await workbench.bug('absent-throws').locator('.wb-hints li').count()).toBe(0);
    expect(await page.getByTestId('shown').count()).toBe(0);

    // The solution is shown on a word only, and by keyboard one test runs from its row in the matrix.
    await page.getByRole('tab', { name: 'Solution' }).click();
    const answer = page.getByTestId('solution');
    expect(await answer.locator('.wb-diff').count()).toBe(0);
    await workbench.button('Show the solution all the same').click();
    await answer.getByRole('radio', { name: 'Differences' }).check();
    await answer.locator('.wb-diff [data-line=added]').first().waitFor();
    await answer.getByRole('radio', { name: 'Side by side' }).check();
    expect(await answer.getByRole('region', { name: `Yours ${testFile}` }).textContent()).toContain('creates a user');
    expect(await answer.getByRole('region', { name: `The solution’s ${testFile}` }).count()).toBe(1);
    await page.getByRole('tab', { name: 'Results' }).click();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowDown']) await page.keyboard.press(key);
    expect(await page.getByTestId('cell-words').textContent()).toMatch(/^C2, “.*”: passes in /);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await workbench.headline.getByText('One test ran: it catches 0 of 8 bugs').waitFor();

    // What was run before can be had back, with its results, and so can what that replaces.
    await workbench.write('// something else');
    await page.getByRole('tab', { name: 'Earlier runs' }).click();
    const runs = page.getByTestId('history').locator('.wb-history > li');
    await runs.nth(1).waitFor();
    expect(await runs.first().textContent()).toContain('Only “UserRepository > creates a user”');
    await runs
      .last()
      .getByRole('button', { name: /^Restore this code/ })
      .click();
    await page.getByText('is in the editor').waitFor();
    expect(await workbench.textArea.inputValue()).toBe(starter);
    await workbench.button('Undo reset').click();
    expect(await workbench.textArea.inputValue()).toBe('// something else');
    await runs
      .last()
      .getByRole('button', { name: /^Show its results/ })
      .click();
    await workbench.headline.getByText('Not passed').waitFor();
  });
});

describe('the trace', () => {
  test('shows what each test sent and was answered, and how a bug’s differs from correct code’s', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    expect(await workbench.runs(solution)).toBe('passed');
    const trace = page.getByTestId('trace');
    const refused = trace.locator('details', { hasText: 'refuses an address that is taken' });
    await refused.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await refused.locator('.wb-trace-sql').first().textContent()).toMatch(/^insert into users/);
    expect(await refused.locator('[data-bad]').textContent()).toContain('23505');

    // From a statement to the line that sent it, by keyboard and with the mouse.
    const lines = solution.split('\n');
    const numberOf = (text: string) => lines.findIndex((line) => line.includes(text)) + 1;
    const lineAtCursor = () =>
      workbench.textArea.evaluate(
        (area: HTMLTextAreaElement) => area.value.slice(0, area.selectionStart).split('\n').length,
      );
    await refused.getByRole('button', { name: `line ${numberOf("'An impostor'")}` }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(lineAtCursor).toBe(numberOf("'An impostor'"));
    await refused.locator('.wb-trace-sql').last().click();
    await expect.poll(lineAtCursor).toBe(numberOf('findById(first.id)'));

    const bug = await trace.getByLabel('beside').locator('option', { hasText: 'B2' }).getAttribute('value');
    await trace.getByLabel('beside').selectOption(bug);
    expect(await refused.locator('.wb-trace').count()).toBe(2);
    expect(await refused.locator('[data-difference="only-here"]').count()).toBeGreaterThan(0);
  });
});

describe('the quiz', () => {
  test('takes right and wrong answers from the keyboard alone, explains each option, and keeps them', async ({
    visit,
  }) => {
    const { page } = await visit();
    await page.goto(lessonPath);
    const form = page.locator('boundary-quiz form').first();
    const inputs = form.locator('input');
    const correct = await inputs.evaluateAll((all) =>
      all.findIndex((input) => (input as HTMLElement).dataset.correct === 'true'),
    );
    const wrong = correct === 0 ? 1 : 0;
    const choose = async (index: number) => {
      const chosen = () => inputs.evaluateAll((all) => all.findIndex((input) => (input as HTMLInputElement).checked));
      await page.keyboard.press('Space');
      while ((await chosen()) !== index) await page.keyboard.press('ArrowDown');
    };

    await tabTo(page, 'boundary-quiz form:first-of-type input');
    await choose(wrong);
    await tabTo(page, 'boundary-quiz button[type=submit]');
    await page.keyboard.press('Enter');
    expect(await form.getAttribute('data-result')).toBe('wrong');
    expect(await form.getByRole('status').textContent()).toContain('Not quite');
    expect(await form.locator('.why:visible').count()).toBe(await inputs.count());

    await tabTo(page, 'boundary-quiz button[type=reset]');
    await page.keyboard.press('Enter');
    await choose(correct);
    await tabTo(page, 'boundary-quiz button[type=submit]');
    await page.keyboard.press('Enter');
    expect(await form.getAttribute('data-result')).toBe('right');

    await page.reload();
    expect(await page.locator('boundary-quiz form[data-result=right]').count()).toBe(1);
  });
});

describe('a misconception', () => {
  test('shows what was recorded, and on “Prove it” what happens now, with a statement of the reader’s own', async ({
    visit,
  }) => {
    const { page } = await visit();
    await page.goto('/misconceptions/in-memory-stand-in/', { waitUntil: 'networkidle' });
    const proof = page.locator('boundary-proof');
    const source = proof.locator('[data-source]');
    expect(await source.textContent()).toMatch(/^Recorded on \d{4}-\d\d-\d\d/);
    expect(await proof.getByRole('row').count()).toBeGreaterThan(5);
    await proof.getByRole('textbox').fill("select 'a' = 'A ', 3 = 3");
    await proof.getByRole('button', { name: 'Prove it' }).click();
    await proof.getByText(/^Done in/).waitFor({ timeout: 60_000 });
    expect(await source.textContent()).toMatch(/^Run here just now/);
    expect(await proof.getByRole('row').last().locator('th, td').allInnerTexts()).toEqual([
      "Yours: select 'a' = 'A ', 3 = 3",
      '0, 1',
      'false, true',
    ]);

    await page.goto('/misconceptions/a-mock-proves-it/', { waitUntil: 'networkidle' });
    await proof.getByRole('button', { name: 'Prove it' }).click();
    await proof.getByText(/^Done in/).waitFor({ timeout: 60_000 });
    expect(await proof.locator('[data-tone=good]').count()).toBe(7);
    // On a phone, both answers are in sight.
    await page.setViewportSize({ width: 390, height: 844 });
    const table = proof.getByRole('region', { name: 'What happened' });
    expect(await table.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    expect(await proof.getByRole('rowheader').count()).toBe(6);
  });
});

describe('without JavaScript', () => {
  test('the lesson, its code and the answers to its quiz can be read', async ({ visit }) => {
    const { page } = await visit({ javaScriptEnabled: false });
    await page.goto(lessonPath);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Your first container');
    for (const start of ['new PostgreSqlContainer(', 'with PostgresContainer(', 'postgres.Run(']) {
      expect([start, await page.getByText(start).first().isVisible()]).toEqual([start, true]);
    }
    const quiz = page.locator('boundary-quiz form').first();
    expect(await quiz.locator('legend').isVisible()).toBe(true);
    await quiz.getByText('Show the answers').click();
    expect(await quiz.locator('details').getByText('Correct:', { exact: true }).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Check answer' }).count()).toBe(0);
  });

  test('the brief and the files of an exercise can be read, and the page says what needs JavaScript', async ({
    visit,
  }) => {
    const { page } = await visit({ javaScriptEnabled: false });
    await page.goto(exercisePath);
    const notice = page.locator('.no-script');
    expect(await notice.isVisible()).toBe(true);
    expect(await notice.textContent()).toContain('Writing and running tests needs JavaScript');
    expect(await page.locator('.brief').textContent()).toContain('findById');
    const file = page.locator('.files details', { has: page.locator('summary', { hasText: 'user-repository.ts' }) });
    await file.locator('summary').click();
    expect(await file.locator('pre').isVisible()).toBe(true);
    expect(await file.locator('pre').textContent()).toContain('class UserRepository');
  });
});
