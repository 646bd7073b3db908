import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { dataFolder, Product, type Settings } from './product.ts';
import { Visitor, type VisitorOptions } from './visitor.ts';

const screenshots = join('.cache', 'e2e');

/**
 * A `test` with the product, a browser and visitors to it. Product and browser are shared by a file's tests; visitors are
 * each test's own, and when it ends none of them may have seen a console error or a request to another origin.
 */
export function journeyWith(settings: Settings = {}) {
  return (
    test
      // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures this one needs
      .extend('product', { scope: 'file' }, async ({}, { onCleanup }) => {
        const folder = dataFolder();
        const product = await Product.start({ ...folder.settings, ...settings });
        onCleanup(async () => {
          await product.stop();
          folder[Symbol.dispose]();
        });
        return product;
      })
      // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures this one needs
      .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
        const browser = await launchBrowser();
        onCleanup(() => browser.close());
        return browser;
      })
      .extend('visit', async ({ product, browser, task }, { onCleanup }) => {
        const visitors: Visitor[] = [];
        onCleanup(async () => {
          if (task.result?.errors?.length) await picture(task.name, visitors);
          for (const visitor of visitors) await visitor[Symbol.asyncDispose]();
          expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
        });
        return async (options: VisitorOptions & { origin?: string } = {}) => {
          const { origin = product.address, ...rest } = options;
          const visitor = await Visitor.arrive(browser, origin, rest);
          visitors.push(visitor);
          return visitor;
        };
      })
  );
}

/** What the visitors of a failed test saw last, below `.cache/e2e`. */
async function picture(test: string, visitors: readonly Visitor[]): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  for (const [index, { page }] of visitors.entries()) {
    const name = `${test.replaceAll(/[^a-z0-9]+/gi, '-')}-${index + 1}.png`;
    await page.screenshot({ path: join(screenshots, name) }).catch(() => {});
  }
}
