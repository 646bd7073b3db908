import { findBrowser } from './find-browser.ts';
import { installPackage } from './package-manager.ts';

/** Sees to a browser for the end-to-end tests. Ends the process with the line that mends it if there is none. */
export function ensureBrowser(): void {
  if (findBrowser() !== undefined) return;
  if (installPackage('chromium', 'which the browser tests drive') && findBrowser() !== undefined) return;
  console.error(
    'No Chromium was found, which the browser tests drive. Install one (Debian: sudo apt-get install chromium) or set\n' +
      'CHROMIUM to the path of one. Everything else: npm test -- --only lint,arrows,unused,types,build,unit,exercises',
  );
  process.exit(1);
}
