import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export type Account = { name: string; uid: number; gid: number };

const accountName = 'boundary';

/**
 * The ordinary account that a runner started by root continues as: `boundary`, made if it is missing, else `nobody`.
 * Throws when the system has neither.
 */
export function serviceAccount(): Account {
  const known = find(accountName);
  if (known) return known;
  const shell = '/usr/sbin/nologin';
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', shell, accountName], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
  });
  const account = find(accountName) ?? find('nobody');
  if (account) return account;
  throw new Error(
    `No user “${accountName}” could be made and there is no “nobody”. Make one (useradd --system ${accountName}) or start Boundary as an ordinary user.`,
  );
}

function find(name: string): Account | undefined {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [user, , uid, gid] = line.split(':');
    if (user === name) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}
