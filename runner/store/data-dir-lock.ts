/** One runner a data folder: a lock file that names its holder, and that a dead holder cannot keep. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { ServiceError } from '../errors.ts';
import { isAlive, ownIdentity, processSpace } from './process-identity.ts';

const holderSchema = z.object({
  pid: z.int(),
  started: z.string(),
  space: z.string(),
  address: z.string(),
  token: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

/** Two contenders that both found a dead holder have written within this time; the later one keeps the lock. */
const settleMs = 50;

export type DataDirLock = Disposable & {
  /** Tells others where this runner answers. */
  announce(address: string): void;
};

/** Takes `dataDir` for this process. Throws {@link ServiceError} `data-dir-in-use` or `data-dir-unusable`. */
export async function lockDataDir(dataDir: string, address: string): Promise<DataDirLock> {
  const file = join(dataDir, 'runner.lock');
  const mine: Holder = { ...ownIdentity(), space: processSpace(), address, token: crypto.randomUUID() };
  const draft = `${file}.${mine.token}`;
  const write = (holder: Holder) => writeFileSync(draft, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    write(mine);
  } catch (cause) {
    throw new ServiceError('data-dir-unusable', { dataDir, reason: (cause as Error).message }, { cause });
  }
  try {
    for (;;) {
      if (createdByLinking(draft, file)) break;
      const holder = read(file);
      if (holder === 'gone') continue;
      if (holder !== 'unreadable' && holds(holder)) throw inUse(holder, dataDir);
      renameSync(draft, file);
      await wait(settleMs);
      const winner = read(file);
      if (typeof winner === 'object' && winner.token === mine.token) break;
      write(mine);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const isMine = () => {
    const holder = read(file);
    return typeof holder === 'object' && holder.token === mine.token;
  };
  return {
    announce(announced) {
      write({ ...mine, address: announced });
      renameSync(draft, file);
    },
    [Symbol.dispose]() {
      if (isMine()) rmSync(file, { force: true });
    },
  };
}

// From another pid namespace (a container on the same volume) a holder cannot be examined, so it is believed.
function holds(holder: Holder): boolean {
  if (holder.space === processSpace()) return isAlive(holder);
  const [boot] = processSpace().split('/');
  return holder.space.startsWith(`${boot}/`);
}

function inUse(holder: Holder, dataDir: string): ServiceError {
  return new ServiceError('data-dir-in-use', { pid: holder.pid, address: holder.address, dataDir });
}

function createdByLinking(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): Holder | 'gone' | 'unreadable' {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'gone';
    throw error;
  }
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return 'unreadable';
  }
}
