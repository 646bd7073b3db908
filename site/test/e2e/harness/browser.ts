import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../../../runner/cli/find-browser.ts';

// No sandbox: it needs namespaces that hosts which run tests in containers do not give. It only meets our own pages.
export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    throw new Error(
      'There is no Chromium to test with. Install one (sudo apt-get install chromium) or name one in CHROMIUM.',
    );
  }
  return chromium.launch({ executablePath, args: browserFlags });
}
