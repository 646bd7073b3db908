import { describe, expect } from 'vitest';
import { journeyWith } from './harness/journey.ts';
import { neverDone, starter } from './harness/submissions.ts';
import { exercisePath, testFile, Workbench } from './harness/workbench.ts';

const test = journeyWith();

describe('a reset', () => {
  test('shows the starting text after a reset, and the edits again when that is undone', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    await workbench.textArea.click();
    await workbench.monaco.waitFor();
    await workbench.paste(neverDone);
    await workbench.monaco.getByText('keeps waiting').waitFor();
    await workbench.button('Reset').click();
    await workbench.button('Discard').click();
    await workbench.monaco.getByText('Once for the file').waitFor();
    expect(await workbench.monaco.getByText('keeps waiting').count()).toBe(0);
    await workbench.button('Undo reset').click();
    await workbench.monaco.getByText('keeps waiting').waitFor();
    const sent = page.waitForRequest((request) => request.url().endsWith('/api/runs'));
    await workbench.run();
    expect((await sent).postDataJSON()).toMatchObject({ files: { [testFile]: neverDone } });
    await workbench.cells('passes').first().waitFor();
    await workbench.button('Cancel').click();
    expect(await workbench.outcome()).toBe('cancelled');
  });

  test('resets one file and leaves the others, where there are several to write in', async ({ visit }) => {
    const { page } = await visit();
    // No exercise has two such files, so this page is told that those under test are for writing too.
    await page.route(`**${exercisePath}`, async (route) => {
      const html = await (await route.fetch()).text();
      const body = html
        .replaceAll('&quot;editable&quot;:[0,false]', '&quot;editable&quot;:[0,true]')
        .replaceAll(/<svg[^>]*>(?:(?!<\/svg>).)*<\/svg><span[^>]*>, read-only<\/span>/g, '');
      await route.fulfill({ body, contentType: 'text/html' });
    });
    const workbench = await Workbench.open(page);
    const other = page.getByRole('textbox', { name: 'migrations.ts' });
    await workbench.write('// my test');
    await page.getByRole('tab', { name: 'migrations.ts' }).click();
    await other.fill('// my migration');
    await workbench.button('Reset').click();
    await workbench.button('In this file').click();
    expect(await other.inputValue()).toContain('export async function runMigrations');
    await page.getByRole('tab', { name: testFile }).click();
    expect(await workbench.textArea.inputValue()).toBe('// my test');

    await workbench.button('Undo reset').click();
    await workbench.button('Reset').click();
    await workbench.button('In all files').click();
    expect(await workbench.textArea.inputValue()).toBe(starter);
    await workbench.button('Undo reset').click();
    expect(await workbench.textArea.inputValue()).toBe('// my test');
    await page.getByRole('tab', { name: 'migrations.ts' }).click();
    expect(await other.inputValue()).toBe('// my migration');
  });
});
