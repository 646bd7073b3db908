import { describe, expect } from 'vitest';
import { journeyWith } from './harness/journey.ts';
import { neverDone, starter, wrongOnCorrectCode } from './harness/submissions.ts';
import { testFile, Workbench } from './harness/workbench.ts';

const test = journeyWith();
const ofMonaco = (address: string) => /monaco|editor\.api|ts\.worker|editor\.worker/.test(address);

/** The files that the page sends when `press` is done. */
async function submittedBy(workbench: Workbench, press: () => Promise<void>): Promise<Record<string, string>> {
  const sending = workbench.page.waitForRequest((request) => request.url().endsWith('/api/runs'));
  await press();
  return ((await sending).postDataJSON() as { files: Record<string, string> }).files;
}

describe('the editor', () => {
  test('is a plain text area until a person turns to it; then Monaco loads, and what is typed in it is what runs', async ({
    visit,
  }) => {
    const { page, requests } = await visit();
    const workbench = await Workbench.open(page);
    await workbench.textArea.focus();
    await page.keyboard.press('Tab');
    await page.waitForLoadState('networkidle');
    expect(requests.filter(ofMonaco)).toEqual([]);

    await workbench.textArea.click();
    await workbench.monaco.waitFor();
    expect(requests.filter(ofMonaco).length).toBeGreaterThan(0);

    await workbench.paste(wrongOnCorrectCode);
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('// typed in Monaco');
    await page.keyboard.press('Enter');
    const files = await submittedBy(workbench, () => page.keyboard.press('Control+Enter'));
    expect(files[testFile]).toBe(`// typed in Monaco\n${wrongOnCorrectCode}`);
    expect(await workbench.outcome()).toBe('failed');
    expect(await workbench.rows().textContent()).toContain('stores a name in capitals');
  });

  test('knows the types: it completes, shows a mistake before any run, finds definitions, formats, and runs one test', async ({
    visit,
  }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    await workbench.textArea.click();
    await workbench.monaco.waitFor();
    await workbench.paste(starter);
    await workbench.goToLine(14);
    await page.keyboard.type('container.');
    const suggestions = page.locator('.suggest-widget .monaco-list-row');
    await suggestions.first().waitFor();
    await page.keyboard.type('getConn');
    await suggestions.filter({ hasText: 'getConnectionUri' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('(');
    await page.locator('.parameter-hints-widget', { hasText: 'getConnectionUri(): string' }).waitFor();
    await page.keyboard.type(').toFixed( 2 );');
    await page.locator('.squiggly-error').first().waitFor();

    // Where a definition is, for a module of the exercise: in the tab of its file.
    await workbench.goToLine(5);
    for (let left = 0; left < 5; left++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('F12');
    await page.getByRole('tab', { name: /^user-repository\.ts/, selected: true }).waitFor();
    await page.getByRole('tab', { name: testFile }).click();

    // And for a library: its types, read in place.
    await workbench.monaco.click();
    await workbench.goToLine(1);
    await page.keyboard.press('Home');
    for (let right = 0; right < 12; right++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('F12');
    const types = page.locator('.peekview-widget');
    await types.getByText('class', { exact: true }).first().waitFor();
    await page.keyboard.press('Escape');
    await types.waitFor({ state: 'detached' });

    await workbench.button('Format').click();
    await page.getByText('Formatted.').waitFor();
    await workbench.monaco.getByText('.toFixed(2);').waitFor();

    // One key to the plain editor and back, and the focus goes along.
    await workbench.monaco.click();
    await page.keyboard.press('F9');
    await page.waitForFunction(() => document.activeElement?.matches('.wb-area textarea'));
    await page.keyboard.press('F9');
    await workbench.monaco.waitFor();
    await page.waitForFunction(() => document.activeElement?.closest('.monaco-editor'));
    await page.getByRole('checkbox', { name: 'Vim keys' }).check();
    await page.getByTestId('vim-status').getByText('NORMAL').waitFor();
    await page.getByRole('checkbox', { name: 'Vim keys' }).uncheck();

    await workbench.paste(`it('other', () => {});\n${neverDone}`);
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const sent = page.waitForRequest((request) => request.url().endsWith('/api/runs'));
    await page.keyboard.press('Alt+Enter');
    expect((await sent).postDataJSON()).toMatchObject({ only: 'reports at once' });
    expect(await workbench.outcome()).toBe('failed');
    expect(await workbench.headline.textContent()).toContain('One test ran: it catches 0 of 8 bugs');
  });

  test('loses no keystroke on a slow machine, and runs the last one too', async ({ visit }) => {
    const { context, page } = await visit();
    const workbench = await Workbench.open(page);
    await workbench.textArea.click();
    await workbench.monaco.waitFor();
    await workbench.paste(neverDone);
    await page.keyboard.press('Control+Home');
    const machine = await context.newCDPSession(page);
    await machine.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    const typed = `// ${'the quick brown fox jumps over the lazy dog '.repeat(3)}`;
    await page.keyboard.type(typed);
    const files = await submittedBy(workbench, () => page.keyboard.press('Control+Enter'));
    expect(files[testFile]).toBe(`${typed}${neverDone}`);
    await machine.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await workbench.cells('passes').first().waitFor();
    await workbench.button('Cancel').click();
    expect(await workbench.outcome()).toBe('cancelled');
  });

  test('lets go of Tab after Ctrl+M, and takes it back', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    await workbench.textArea.click();
    await workbench.monaco.waitFor();
    const inEditor = () => page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null);

    await page.keyboard.press('Tab');
    expect(await inEditor()).toBe(true);
    await page.keyboard.press('Control+M');
    await page.keyboard.press('Tab');
    expect(await inEditor()).toBe(false);
    await page.keyboard.press('Shift+Tab');
    expect(await inEditor()).toBe(true);
    await page.keyboard.press('Control+M');
    await page.keyboard.press('Tab');
    expect(await inEditor()).toBe(true);
  });

  test('takes over what was typed last in another tab, says so, and keeps it when the older tab goes', async ({
    visit,
  }) => {
    const { context, page } = await visit();
    const [older, newer] = [await Workbench.open(page), await Workbench.open(await context.newPage())];
    await newer.write('// typed in the other tab');
    await older.page.getByText('You edited this in another tab').waitFor();
    expect(await older.textArea.inputValue()).toBe('// typed in the other tab');

    await older.write('// typed here after that');
    await newer.page.getByText('You edited this in another tab').waitFor();
    expect(await newer.textArea.inputValue()).toBe('// typed here after that');
    expect(await older.page.getByText('You edited this in another tab').count()).toBe(0);

    await newer.page.close({ runBeforeUnload: true });
    await older.page.reload();
    await Workbench.on(older.page);
    await older.page.waitForFunction(
      (text) => document.querySelector<HTMLTextAreaElement>('.wb-area textarea')?.value === text,
      '// typed here after that',
    );
  });

  test('stays plain where a person asks for that, also after a reload, and Tab passes through', async ({ visit }) => {
    const { page, requests } = await visit();
    const workbench = await Workbench.open(page);
    await page.getByRole('checkbox', { name: 'Plain text editor' }).check();
    await page.reload();
    await Workbench.on(page);
    await page.waitForFunction(() => document.querySelector('[data-testid=editor]')?.hasAttribute('data-plain'));
    await workbench.textArea.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(neverDone);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
    expect(await workbench.textArea.inputValue()).toBe(neverDone);
    expect(requests.filter(ofMonaco)).toEqual([]);
  });

  test('is plain on a touch screen, and what is written there runs', async ({ visit }) => {
    const { page, requests } = await visit({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
    const workbench = await Workbench.open(page);
    // One pane at a time; Run is in sight of each, and no key is named that is not there.
    expect(await workbench.textArea.isVisible()).toBe(false);
    expect(await workbench.status.isVisible()).toBe(false);
    await page.getByRole('tab', { name: 'Code' }).tap();
    await workbench.textArea.tap();
    await workbench.write(wrongOnCorrectCode);
    await workbench.button('Run').tap();
    expect(await workbench.outcome()).toBe('failed');
    expect(await workbench.textArea.isVisible()).toBe(false);
    expect(await workbench.rows().textContent()).toContain('stores a name in capitals');
    expect(await page.locator('[data-testid=editor]').getAttribute('data-stage')).toBe('area');
    expect(requests.filter(ofMonaco)).toEqual([]);

    // As narrow and as low as a window of 1280 × 1024 px is at 400 %: nothing but the matrix and code scroll sideways.
    await page.setViewportSize({ width: 320, height: 256 });
    for (const pane of ['Results', 'Brief', 'Solution', 'Earlier runs', 'Code']) {
      await page.getByRole('tab', { name: pane }).tap();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), pane).toBe(320);
    }
    expect(
      await workbench.button('Run').evaluate((button) => getComputedStyle(button.parentElement ?? button).position),
    ).toBe('static');
  });

  test('shows the files under test, which cannot be changed', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    await page.getByRole('tab', { name: /^user-repository\.ts\s*, read-only$/ }).click();
    const file = page.getByRole('textbox', { name: 'user-repository.ts, read-only' });
    expect(await file.inputValue()).toContain('class UserRepository');
    expect(await file.isEditable()).toBe(false);
    await page.getByRole('tab', { name: testFile }).click();
    expect(await workbench.textArea.isEditable()).toBe(true);
  });
});

describe('by keyboard alone', () => {
  test('“?” lists the shortcuts outside of a text, and Escape gives the focus back', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await page.getByRole('tab', { name: 'Brief' }).focus();
    await page.keyboard.press('?');
    await list.waitFor();
    expect(await list.textContent()).toContain('Run all tests');
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Brief');

    await page.getByRole('checkbox', { name: 'Plain text editor' }).check();
    await workbench.textArea.focus();
    await page.keyboard.type('?');
    expect(await list.isVisible()).toBe(false);
    expect(await workbench.textArea.inputValue()).toContain('?');
  });

  test('a person reaches the editor, types, runs, leaves the editor and cancels', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    const focusedName = () =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);
    const tabUntil = async (reached: () => Promise<boolean>) => {
      for (let presses = 0; presses < 40; presses++) {
        await page.keyboard.press('Tab');
        if (await reached()) return;
      }
      throw new Error(`40 presses of Tab do not lead there; the last stop was ${await focusedName()}`);
    };

    await page.keyboard.press('Tab');
    expect(await focusedName()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await tabUntil(() => workbench.textArea.evaluate((area) => area === document.activeElement));

    await page.keyboard.press('Control+Home');
    await workbench.monaco.waitFor();
    await workbench.paste(neverDone);
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('// by hand');
    const files = await submittedBy(workbench, () => page.keyboard.press('Control+Enter'));
    expect(files[testFile]).toBe(`// by hand${neverDone}`);
    await workbench.cells('passes').first().waitFor();

    await page.keyboard.press('Control+M');
    await tabUntil(async () => (await focusedName())?.trim() === 'Cancel');
    await page.keyboard.press('Space');
    expect(await workbench.outcome()).toBe('cancelled');
    expect(await workbench.headline.textContent()).toContain('Cancelled');
  });
});
