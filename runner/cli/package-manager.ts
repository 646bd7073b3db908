import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The systems whose packages are known: the program, how to refresh its lists, how to install without a question. */
const managers = [
  { program: '/usr/bin/apt-get', refresh: ['update'], install: ['install', '-y', '--no-install-recommends'] },
  { program: '/usr/bin/dnf', refresh: undefined, install: ['install', '-y'] },
  { program: '/sbin/apk', refresh: undefined, install: ['add'] },
];

/** Installs a system package where root runs on a system that is known. Says what it does; returns whether it is there now. */
export function installPackage(name: string, why: string): boolean {
  const manager = managers.find(({ program }) => existsSync(program));
  if (process.geteuid?.() !== 0 || !manager) return false;
  const { program, refresh, install } = manager;
  console.log(`Installing ${name}, ${why} (${program} ${install.join(' ')} ${name}) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (args: string[]) =>
    spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
  if (refresh) run(refresh);
  return run([...install, name]);
}
