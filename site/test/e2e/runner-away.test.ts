import { describe, expect } from 'vitest';
import { Cable } from './harness/cable.ts';
import { journeyWith } from './harness/journey.ts';
import { controlGroupsOf, mountPoints, processTree, stillAlive } from './harness/leftovers.ts';
import { dataFolder, Product } from './harness/product.ts';
import { neverDone, solution, starter, wrongOnCorrectCode } from './harness/submissions.ts';
import { Workbench } from './harness/workbench.ts';

const test = journeyWith();
const refused = [/ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED|WebSocket connection to/];

describe('a page that is reloaded', () => {
  test('in the middle of a run takes the run up again, with all that it had shown', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    await workbench.write(neverDone);
    await workbench.run();
    await workbench.cells('passes').first().waitFor();
    await page.reload();
    await Workbench.on(page);
    await workbench.cells('passes').first().waitFor();
    expect(await workbench.outcomeNow()).toBeNull();
    expect(await workbench.textArea.inputValue()).toBe(neverDone);
    await workbench.button('Cancel').click();
    expect(await workbench.outcome()).toBe('cancelled');
  });

  test('keeps edits and the last verdict; a reset can be undone', async ({ visit }) => {
    const { page } = await visit();
    const workbench = await Workbench.open(page);
    const edited = wrongOnCorrectCode.replaceAll('ada@example.com', 'grace@example.com');
    await workbench.write(edited);
    await page.reload();
    await Workbench.on(page);
    await page.waitForFunction(
      (text) => document.querySelector<HTMLTextAreaElement>('[data-testid=editor] textarea')?.value === text,
      edited,
    );

    await workbench.button('Reset').click();
    await workbench.button('Keep').click();
    expect(await workbench.textArea.inputValue()).toBe(edited);
    await workbench.button('Reset').click();
    await workbench.button('Discard').click();
    expect(await workbench.textArea.inputValue()).toBe(starter);
    await workbench.button('Undo reset').click();
    expect(await workbench.textArea.inputValue()).toBe(edited);

    await workbench.run();
    expect(await workbench.outcome()).toBe('failed');
    await page.reload();
    await Workbench.on(page);
    expect(await workbench.outcome()).toBe('failed');
    expect(await workbench.cells('fails').count()).toBe(3);
  });
});

describe('a connection that is lost in the middle of a run', () => {
  test('is taken up where it broke: nothing is lost, nothing comes twice', async ({ product, visit }) => {
    await using cable = await Cable.to(product.address);
    const { page } = await visit({ origin: cable.address, expectedErrors: refused });
    const workbench = await Workbench.open(page);
    await workbench.write(solution);
    await workbench.run();
    await workbench.cells('passes').first().waitFor();
    cable.pull();
    await workbench.headline.getByText('The connection dropped. Reconnecting').waitFor();
    expect(await workbench.outcomeNow()).toBeNull();
    cable.plug();
    expect(await workbench.outcome()).toBe('passed');
    expect(await workbench.rows().count()).toBe(5);
    expect(await workbench.cells('passes').count()).toBe(5 * 3);
    expect(await workbench.headline.getByText('The connection dropped').count()).toBe(0);
  });

  test('is given up after a while, in words, and taken up again on request', async ({ product, visit }) => {
    await using cable = await Cable.to(product.address);
    const { page } = await visit({ origin: cable.address, expectedErrors: refused });
    // The page's clock is ours, so that half a minute of pauses passes at once.
    await page.clock.install();
    const workbench = await Workbench.open(page);
    await workbench.write(neverDone);
    await workbench.run();
    const until = async (seen: () => Promise<boolean>) => {
      while (!(await seen())) await page.clock.runFor(1_000);
    };
    await until(async () => (await workbench.cells('passes').count()) > 0);
    cable.pull();
    await until(() => workbench.button('Reconnect').isVisible());
    expect(await workbench.problem.textContent()).toContain('The connection to the run was lost');
    cable.plug();
    await workbench.button('Reconnect').click();
    await until(async () => (await workbench.problem.count()) === 0);
    await workbench.button('Cancel').click();
    await until(async () => (await workbench.outcomeNow()) !== null);
    expect(await workbench.outcomeNow()).toBe('cancelled');
  });
});

describe('a runner that was killed', () => {
  test('before a run is told so; the edits are safe, and the run works once it is back', async ({ visit }) => {
    using folder = dataFolder();
    await using first = await Product.start(folder.settings);
    const { page } = await visit({ origin: first.address, expectedErrors: refused });
    const workbench = await Workbench.open(page);
    await workbench.write(wrongOnCorrectCode);
    await first.crash();
    await workbench.run();
    await workbench.problem.waitFor();
    expect(await workbench.problem.textContent()).toContain('The runner does not answer');
    expect(await workbench.problem.textContent()).toContain('npm start');
    expect(await workbench.textArea.inputValue()).toBe(wrongOnCorrectCode);
    expect(await workbench.headline.textContent()).toContain('Nothing was run');

    await using _second = await Product.start({ ...folder.settings, PORT: first.port });
    await workbench.run();
    expect(await workbench.outcome()).toBe('failed');
    expect(await workbench.cells('fails').count()).toBe(3);
    expect(await workbench.problem.count()).toBe(0);
  });

  test('in the middle of a run leaves nothing once it is started again, and the page sees the run through', async ({
    visit,
  }) => {
    using folder = dataFolder();
    const mountsBefore = mountPoints();
    await using first = await Product.start(folder.settings);
    const { page } = await visit({ origin: first.address, expectedErrors: refused });
    const workbench = await Workbench.open(page);
    await workbench.write(solution);
    await workbench.run();
    await workbench.cells('passes').first().waitFor();
    const tree = processTree(first.pid);
    const groups = controlGroupsOf(first.pid);
    await first.crash();
    expect(await workbench.outcomeNow()).toBeNull();
    // What the check below looks for was there to be found.
    expect(tree.map(({ name }) => name)).toEqual(expect.arrayContaining(['bwrap', 'postgres']));

    await using second = await Product.start({ ...folder.settings, PORT: first.port });
    expect(['passed', 'runner-error']).toContain(await workbench.outcome());
    expect(await workbench.rows().count()).toBe(5);
    expect(stillAlive(tree)).toEqual([]);
    expect(controlGroupsOf(first.pid)).toEqual([]);
    expect(mountPoints()).toEqual(mountsBefore);
    // Where the host lends control groups, the dead runner had some.
    expect(groups.length > 0).toBe(controlGroupsOf(second.pid).length > 0);
    expect(await second.stop()).toBe(0);
    expect(controlGroupsOf(second.pid)).toEqual([]);
  });
});
