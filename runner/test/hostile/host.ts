import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { controlGroupFolders } from '../../sandbox/index.ts';
import type { Bait } from './corpus.ts';

const secret = 'canary-9c1f04';

/** What a case may neither reach, read nor change, and the means to see whether it did. */
export class HostUnderWatch implements AsyncDisposable {
  readonly bait: Bait;
  readonly #folder = mkdtempSync(join(tmpdir(), 'boundary-canary-'));
  readonly #file = join(this.#folder, 'canary');
  readonly #servers;
  #visitors = 0;

  private constructor(servers: ReturnType<typeof createServer>[], port: number, abstract: string) {
    this.#servers = servers;
    for (const server of servers) {
      server.on('connection', (socket) => {
        this.#visitors++;
        socket.destroy();
      });
    }
    writeFileSync(this.#file, secret);
    process.env.CANARY = secret;
    this.bait = {
      HOST_PORT: String(port),
      HOST_ABSTRACT: abstract,
      HOST_FILE: this.#file,
      // Of a container that another run could have: well-formed, and never this one's.
      HOST_CONTAINER: 'c0ffee'.repeat(10).padEnd(64, '0'),
    };
  }

  static async open(): Promise<HostUnderWatch> {
    const abstract = `boundary-canary-${process.pid}`;
    const tcp = createServer().listen(0, '127.0.0.1');
    const local = createServer().listen(`\0${abstract}`);
    await Promise.all([once(tcp, 'listening'), once(local, 'listening')]);
    return new HostUnderWatch([tcp, local], (tcp.address() as AddressInfo).port, abstract);
  }

  /** What happened to the host, in words; nothing where all is as it was. */
  harm(printed: string): string[] {
    const found = [];
    if (this.#visitors > 0) found.push(`${this.#visitors} connections reached a service of the host`);
    if (readFileSync(this.#file, 'utf8') !== secret) found.push('a file of the host was changed');
    if (printed.includes(secret)) found.push('a secret of the host was printed');
    if (Object.keys(Object.prototype).length > 0) found.push('the runner’s own objects were changed');
    this.#visitors = 0;
    return found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    delete process.env.CANARY;
    rmSync(this.#folder, { recursive: true });
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

/** Where logins, containers and packages of the machine mount things of their own at any time; no sandbox does. */
const othersMount = /^\S+ \S+ \S+ \S+ \/(run\/(user|credentials|docker|netns|snapd)|var\/lib|snap|proc\/sys)\//;

/** What this process and those below it hold of the machine. */
export type Holdings = Record<'processes' | 'mounts' | 'descriptors' | 'controlGroups', readonly string[]>;

export function holdings(): Holdings {
  return {
    processes: descendants(),
    mounts: readFileSync('/proc/self/mountinfo', 'utf8')
      .trim()
      .split('\n')
      .filter((line) => !othersMount.test(line)),
    descriptors: readdirSync('/proc/self/fd'),
    controlGroups: controlGroups(),
  };
}

/** Waits for what is being given back, and says in words what was not. */
export async function leftovers(before: Holdings, deadlineMs = 30_000): Promise<string[]> {
  const until = Date.now() + deadlineMs;
  for (;;) {
    const now = holdings();
    const names = Object.keys(before) as (keyof Holdings)[];
    const more = names.filter((name) => now[name].length > before[name].length);
    if (more.length === 0) return [];
    if (Date.now() > until) {
      return more.map((name) => {
        const left = now[name].filter((one) => !before[name].includes(one));
        return `${now[name].length - before[name].length} ${name} left over: ${left.join(', ')}`;
      });
    }
    await delay(20);
  }
}

/** The processes below this one that still run. */
function descendants(): string[] {
  const parents = new Map<string, string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state !== 'Z') parents.set(pid, parent);
    } catch {
      // It ended while we looked.
    }
  }
  const own = String(process.pid);
  const isBelow = (pid: string): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === own || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}

function controlGroups(): string[] {
  const own = `sandbox-${process.pid}-`;
  return controlGroupFolders().flatMap((folder) => names(folder).filter((name) => name.startsWith(own)));
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
