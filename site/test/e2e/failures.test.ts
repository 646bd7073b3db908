import { describe, expect } from 'vitest';
import { journeyWith } from './harness/journey.ts';
import { dataFolder, Product } from './harness/product.ts';
import {
  brokenHook,
  endlessLoop,
  solution,
  starter,
  syntaxError,
  wrongOnCorrectCode,
  zeroTests,
} from './harness/submissions.ts';
import { testFile, Workbench } from './harness/workbench.ts';

const test = journeyWith({ VARIANT_WALL_MS: '4000', SUBMISSION_KIB: '16' });

describe('a submission that goes wrong', () => {
  test('by a syntax error is told its line and the lines around it', async ({ visit }) => {
    const workbench = await Workbench.open((await visit()).page);
    expect(await workbench.runs(syntaxError)).toBe('failed');
    const told = workbench.page.getByTestId('failing-references');
    expect(await told.locator('h3').textContent()).toBe('No test of yours could run');
    expect(await told.textContent()).toContain(`${testFile}:4`);
    expect(await told.locator('pre').first().textContent()).toContain("const user = { name: 'Ada' ;");
    expect(await workbench.cells('waiting').count()).toBe(0);
  });

  test('by a test that demands more than the brief is shown what it expected and what the code gave', async ({
    visit,
  }) => {
    const workbench = await Workbench.open((await visit()).page);
    expect(await workbench.runs(wrongOnCorrectCode)).toBe('failed');
    expect(await workbench.headline.textContent()).toContain('your tests fail on 3 correct implementations');
    const told = workbench.page.getByTestId('failing-references');
    expect(await told.textContent()).toContain('stores a name in capitals');
    const line = wrongOnCorrectCode.split('\n').findIndex((text) => text.includes("toBe('ADA')")) + 1;
    expect(await told.textContent()).toContain(`${testFile}:${line}`);
    const compared = told.locator('.wb-compare').first();
    expect(await compared.locator('dd').first().textContent()).toContain('ADA');
    expect(await compared.locator('dd').last().textContent()).toContain('Ada');
    expect(await workbench.cells('fails').count()).toBe(3);
    expect(await workbench.page.getByTestId('result-not-persisted').textContent()).toBe('not run');
  });

  test('by a hook that throws is shown what it threw, and where', async ({ visit }) => {
    const workbench = await Workbench.open((await visit()).page);
    expect(await workbench.runs(brokenHook)).toBe('failed');
    const told = workbench.page.getByTestId('failing-references');
    expect(await told.textContent()).toContain(`${testFile}:4`);
    expect(await told.locator('pre').first().textContent()).toContain('the hook gave up');
  });

  test('by an endless loop is stopped, and told which limit it met and in which test', async ({ visit }) => {
    const workbench = await Workbench.open((await visit()).page);
    expect(await workbench.runs(endlessLoop)).toBe('timed-out');
    const headline = await workbench.headline.textContent();
    expect(headline).toContain('the time limit was reached');
    expect(headline).toContain('Not finished after 4 s');
    expect(headline).toContain('never ends');
    const limit = workbench.page.getByTestId('limit');
    expect(await limit.textContent()).toContain('4.0 s for one implementation');
    await limit.getByRole('button', { name: `${testFile}:1` }).click();
    await workbench.page.waitForFunction(() => document.activeElement?.matches('.wb-area textarea'));
  });

  test('by holding no test is told so, and not passed', async ({ visit }) => {
    const workbench = await Workbench.open((await visit()).page);
    expect(await workbench.runs(zeroTests)).toBe('failed');
    expect(await workbench.headline.textContent()).toContain('No test was run: the files hold none');
    expect(await workbench.headline.textContent()).toContain('Not passed: no test of yours could run');
  });

  test('is mended and run again on the same page', async ({ visit }) => {
    const workbench = await Workbench.open((await visit()).page);
    expect(await workbench.runs(syntaxError)).toBe('failed');
    await workbench.write(solution);
    await workbench.headline.getByText('You have changed the tests since this run.').waitFor();
    await workbench.run();
    await workbench.page.locator('[data-testid=headline][data-outcome=passed]').waitFor();
    expect(await workbench.page.getByTestId('failing-references').count()).toBe(0);
  });
});

describe('a submission that the runner refuses', () => {
  test('for its size is told the limit; the text stays', async ({ visit }) => {
    const { page } = await visit({ expectedErrors: [/status of 413/] });
    const workbench = await Workbench.open(page);
    const large = `${starter}\n// ${'x'.repeat(16 * 1024)}`;
    await workbench.write(large);
    await workbench.run();
    await workbench.problem.waitFor();
    expect(await workbench.problem.textContent()).toContain('16 KiB');
    expect(await workbench.problem.textContent()).toContain('Nothing was run');
    expect(await workbench.problem.getByRole('link').getAttribute('href')).toBe('/docs/errors/#submission-too-large');
    expect(await workbench.textArea.inputValue()).toBe(large);
    await workbench.button('Dismiss').click();
    expect(await workbench.problem.count()).toBe(0);
  });

  test('for a character that no file can hold is told which file and why', async ({ visit }) => {
    const { page } = await visit({ expectedErrors: [/status of 422/] });
    const workbench = await Workbench.open(page);
    await workbench.write(`${starter}\n// \0`);
    await workbench.run();
    await workbench.problem.waitFor();
    expect(await workbench.problem.locator('li').textContent()).toContain(testFile);
    expect(await workbench.problem.locator('li').textContent()).toContain('NUL');
    expect(await workbench.outcomeNow()).toBeNull();
  });
});

describe('a runner without its sandbox tool', () => {
  test('says so on the exercise page, with the line that mends it, and never blames a submission', async ({
    visit,
  }) => {
    using folder = dataFolder();
    await using product = await Product.start({ ...folder.settings, PATH: '/nowhere' });
    const { page } = await visit({ origin: product.address, expectedErrors: [/status of 503 .*\/readyz/] });
    const workbench = await Workbench.open(page);
    const notices = page.getByTestId('runner-notices');
    await notices.waitFor();
    expect(await notices.textContent()).toContain('This runner cannot run tests right now');
    expect(await notices.textContent()).toContain('sudo apt-get install bubblewrap');
    expect(await workbench.runs(solution)).toBe('runner-error');
    expect(await workbench.headline.textContent()).toContain('The runner failed, not your tests');
  });
});
