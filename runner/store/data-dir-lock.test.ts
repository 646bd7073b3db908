import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../test/web/temporary-folder.ts';
import { lockDataDir } from './data-dir-lock.ts';
import { ownIdentity, processSpace } from './process-identity.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'runner.lock');
});
afterEach(() => folder[Symbol.dispose]());

function leave(holder: object): void {
  const mine = { ...ownIdentity(), space: processSpace(), address: 'http://there', token: 'theirs' };
  writeFileSync(file, JSON.stringify({ ...mine, ...holder }));
}

describe('lockDataDir', () => {
  it('keeps a second one out, and names the first one’s process and announced address', async () => {
    using lock = await lockDataDir(folder.path, 'http://127.0.0.1:0');
    lock.announce('http://127.0.0.1:4321');
    await expect(lockDataDir(folder.path, 'http://other')).rejects.toMatchObject({
      code: 'data-dir-in-use',
      message: expect.stringContaining(`Process ${process.pid} serves http://127.0.0.1:4321`),
    });
  });

  it('is given back, and leaves nothing', async () => {
    (await lockDataDir(folder.path, 'http://here'))[Symbol.dispose]();
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    ['a process that is gone', { pid: 2 ** 22 - 1 }],
    ['a process whose number another one has now', { started: '1' }],
    ['a process of an earlier boot', { space: 'another-boot/pid:[1]' }],
  ])('takes over from %s', async (_what, holder) => {
    leave(holder);
    using _lock = await lockDataDir(folder.path, 'http://here');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid, address: 'http://here' });
  });

  it('takes over a file that was never finished', async () => {
    writeFileSync(file, '{"pid":');
    using _lock = await lockDataDir(folder.path, 'http://here');
    expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(process.pid);
  });

  it('believes a holder that it cannot examine: one in another container of this boot', async () => {
    leave({ pid: 2 ** 22 - 1, space: `${processSpace().split('/')[0]}/pid:[1]` });
    await expect(lockDataDir(folder.path, 'http://here')).rejects.toMatchObject({ code: 'data-dir-in-use' });
  });

  it('lets one of many at once have it', async () => {
    leave({ pid: 2 ** 22 - 1 });
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataDir(folder.path, 'http://here')));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
