/**
 * `node runner/cli/unprivileged.ts COMMAND [ARG…]`: runs a command as an ordinary user.
 *
 * Started by an ordinary user it simply becomes the command. Started by root it first does what only root can (an
 * account, folders to write in, cgroups to divide) and then gives root up for good: PostgreSQL refuses to run as root,
 * and nothing that touches a learner's code should. Everything past this file may take it that it is not root.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { delegateCgroups, divideDelegated } from './delegate-cgroups.ts';
import { type Account, serviceAccount } from './service-account.ts';
import { strangersIn } from './strangers-in.ts';

const projectRoot = dirname(dirname(import.meta.dirname));
/** Folders that the ordinary user writes in. A relative path counts from the project. */
const dataFolder = resolve(projectRoot, process.env.DATA_DIR?.trim() || '.data');
const cacheFolder = join(projectRoot, '.cache');

const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  console.error('Nothing to run. Usage: node runner/cli/unprivileged.ts COMMAND [ARG…]');
  process.exit(2);
}
if (process.geteuid?.() !== 0) become(command, args, withoutGroups(divideDelegated()));
else if (process.env.BOUNDARY_MOUNTED_FROM !== undefined) mountAndDrop(process.env.BOUNDARY_MOUNTED_FROM);
else prepareAsRoot();

function prepareAsRoot(): void {
  const account = serviceAccount();
  const strangers = strangersIn(dataFolder);
  if (strangers.length > 0) {
    console.error(
      `DATA_DIR is ${dataFolder}, which holds other things than the runner's (${strangers.slice(0, 3).join(', ')}), and root would give ` +
        `all of it to the user ${account.name}. Set DATA_DIR to a folder of its own, such as ${join(dataFolder, 'boundary')}.`,
    );
    process.exit(1);
  }
  for (const folder of [dataFolder, cacheFolder]) handOver(folder, account);
  Object.assign(process.env, withoutGroups(delegateCgroups(account)));
  if (canReach(account)) drop(account, projectRoot);
  // A checkout below /root, say: its parents shut others out, so it is mounted where the account can reach it, in a
  // mount namespace that ends with this process.
  const self = [process.execPath, import.meta.filename, command as string, ...args];
  become('unshare', ['--mount', '--propagation', 'private', '--', ...self], { BOUNDARY_MOUNTED_FROM: projectRoot });
}

/** What the runner's self-test says of why there are no control groups, in the environment. */
function withoutGroups(reason: string | undefined): Record<string, string> {
  return reason === undefined ? {} : { BOUNDARY_NO_GROUPS: reason };
}

function mountAndDrop(from: string): void {
  const target = '/run/boundary/checkout';
  mkdirSync(target, { recursive: true, mode: 0o755 });
  const mounted = spawnSync('mount', ['--bind', from, target], { encoding: 'utf8' });
  if (mounted.status !== 0) {
    console.error(
      `Boundary was started by root from ${from}, which an ordinary user cannot enter, and mounting it elsewhere failed:\n` +
        `  ${mounted.stderr.trim()}\nMove the checkout to a folder that every user can enter, such as /opt/boundary, or start it as an ordinary user.`,
    );
    process.exit(1);
  }
  delete process.env.BOUNDARY_MOUNTED_FROM;
  drop(serviceAccount(), target);
}

/** Gives root up and becomes the command, in `root`: the checkout as the account sees it. */
function drop(account: Account, root: string): never {
  process.setgroups?.(dockerGroup());
  process.setgid?.(account.gid);
  process.setuid?.(account.uid);
  process.chdir(root);
  const moved = (text: string) => text.replaceAll(projectRoot, root);
  const home = join(root, '.cache', 'home');
  mkdirSync(home, { recursive: true });
  become(moved(command as string), args.map(moved), {
    PATH: moved(process.env.PATH ?? ''),
    HOME: home,
    USER: account.name,
    LOGNAME: account.name,
  });
}

/**
 * The group of the Docker daemon's socket, where the operator has asked for Docker by name. Whoever is in it has the power
 * of root over this machine, so it is not kept for a daemon that merely happens to be there.
 */
function dockerGroup(): number[] {
  const { ENGINE, DOCKER_SOCKET } = process.env;
  if (ENGINE !== 'docker' && ENGINE !== 'auto') return [];
  const { gid } = statSync(DOCKER_SOCKET || '/var/run/docker.sock', { throwIfNoEntry: false }) ?? { gid: 0 };
  return gid === 0 ? [] : [gid];
}

function become(file: string, argv: string[], env: Record<string, string> = {}): never {
  const environment = { ...process.env, ...env };
  const path = findOnPath(file, environment.PATH ?? '');
  if (path === undefined) {
    console.error(
      `${file} is not on the PATH. On Debian, unshare and mount come with: apt-get install util-linux mount`,
    );
    process.exit(127);
  }
  if (process.execve === undefined)
    throw new Error(
      `Node ${process.version} has no process.execve; run this through npm, which uses the project’s own Node.`,
    );
  return process.execve(path, [file, ...argv], environment);
}

function findOnPath(file: string, path: string): string | undefined {
  if (file.includes('/')) return file;
  return path
    .split(':')
    .map((folder) => join(folder, file))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function handOver(folder: string, account: Account): void {
  mkdirSync(folder, { recursive: true });
  const stat = statSync(folder);
  if (stat.uid === account.uid) return;
  const changed = spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, folder], { encoding: 'utf8' });
  if (changed.status === 0) return;
  console.error(`${folder} could not be given to the user ${account.name}: ${changed.stderr.trim()}`);
  process.exit(1);
}

function canReach(account: Account): boolean {
  const probe = spawnSync(process.execPath, ['-e', 'process.chdir(process.argv[1])', projectRoot], {
    uid: account.uid,
    gid: account.gid,
  });
  return probe.status === 0;
}
