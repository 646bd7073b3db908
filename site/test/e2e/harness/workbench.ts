import type { Locator, Page } from 'playwright-core';

export const exercisePath = '/exercises/user-repository/';
export const testFile = 'user-repository.test.ts';

/** The workbench as a person sees it: by roles, names and texts. */
export class Workbench {
  readonly page: Page;
  readonly headline: Locator;
  readonly status: Locator;
  readonly problem: Locator;
  readonly textArea: Locator;
  readonly monaco: Locator;

  private constructor(page: Page, file: string) {
    this.page = page;
    this.headline = page.getByTestId('headline');
    this.status = page.getByTestId('status');
    this.problem = page.getByTestId('problem');
    this.textArea = page.getByRole('textbox', { name: file });
    this.monaco = page.locator('.monaco-editor .view-lines');
  }

  /** Opens an exercise and waits until its page listens. `file` is the one to write in. */
  static async open(page: Page, path = exercisePath, file = testFile): Promise<Workbench> {
    await page.goto(path);
    return Workbench.on(page, file);
  }

  /** The workbench of a page that is there or on its way. */
  static async on(page: Page, file = testFile): Promise<Workbench> {
    await page.locator('astro-island:not([ssr])').first().waitFor({ state: 'attached' });
    return new Workbench(page, file);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  }

  /** Cells of the matrix that say this, such as `passes` or `catches`. */
  cells(says: string): Locator {
    return this.page.locator(`td[data-cell="${says}"]`);
  }

  /** Rows of tests that have reported. */
  rows(): Locator {
    return this.page.locator('[data-testid=kill-matrix] tbody tr:not([aria-hidden])');
  }

  check(id: string): Locator {
    return this.page.getByTestId(`check-${id}`);
  }

  bug(id: string): Locator {
    return this.page.getByTestId(`bug-${id}`);
  }

  /** Puts a text in place of all that the test file holds, without turning to the rich editor. */
  async write(text: string): Promise<void> {
    await this.textArea.fill(text);
  }

  /** Puts a text in place of all that the editor with the focus holds, from the clipboard. */
  async paste(text: string): Promise<void> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.press('Control+V');
  }

  /** Puts the cursor at the end of a line, counted from 1, of the editor with the focus. */
  async goToLine(line: number): Promise<void> {
    await this.page.keyboard.press('Control+Home');
    for (let at = 1; at < line; at++) await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('End');
  }

  async run(): Promise<void> {
    await this.button('Run').click();
  }

  /** Waits for the end of the run that is shown, and resolves to its outcome. */
  async outcome(): Promise<string | null> {
    const ended = this.page.locator('[data-testid=headline][data-outcome]');
    await ended.waitFor();
    return ended.getAttribute('data-outcome');
  }

  /** Outcome of the run so far: null while it goes on. */
  outcomeNow(): Promise<string | null> {
    return this.headline.getAttribute('data-outcome');
  }

  async runs(text: string): Promise<string | null> {
    await this.write(text);
    await this.run();
    return this.outcome();
  }
}
