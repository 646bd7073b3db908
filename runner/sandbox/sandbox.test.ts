import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { constants } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { controlGroupFolders, Sandbox, type SandboxSpec } from './index.ts';

const limits = {
  memoryBytes: 256 << 20,
  processes: 64,
  cpuSeconds: 10,
  files: 256,
  fileBytes: 8 << 20,
  tmpfsBytes: 16 << 20,
};

/** A sandbox that hands one port over and then runs `body`, JavaScript for Node. */
function specOf(body: string): SandboxSpec {
  const program = `import { handOver } from '/boundary/handover.ts'; await handOver({ ports: 1, sockets: {} }); ${body}`;
  return {
    command: ['/usr/local/bin/node', '--input-type=module', '--eval', program],
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', GREETING: 'hello' },
    cwd: '/tmp',
    uid: 1000,
    gid: 1000,
    readOnly: [
      { from: process.execPath, to: '/usr/local/bin/node' },
      { from: import.meta.dirname, to: '/boundary' },
    ],
    writable: ['/work'],
    limits,
  };
}

async function outputOf(body: string): Promise<string> {
  await using sandbox = await Sandbox.launch(specOf(body));
  const output = text(sandbox.stdout);
  await sandbox.exited;
  return output;
}

describe('a sandbox', () => {
  test('passes on nothing of the host’s environment', async () => {
    process.env.CANARY = 'a secret of the host';
    const env = JSON.parse(await outputOf('console.log(JSON.stringify(process.env))'));
    expect(env).toMatchObject({ GREETING: 'hello' });
    expect(Object.keys(env).sort()).not.toContain('CANARY');
  });

  test('has processes, users and a network of its own', async () => {
    const seen = JSON.parse(
      await outputOf(`
        import { readdirSync, readFileSync } from 'node:fs'; import { networkInterfaces, userInfo } from 'node:os';
        console.log(JSON.stringify({
          processes: readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).length,
          uid: userInfo().uid, interfaces: Object.keys(networkInterfaces()),
        }))`),
    );
    expect(seen).toEqual({ processes: expect.toSatisfy((count: number) => count <= 3), uid: 1000, interfaces: ['lo'] });
  });

  test('lets only its own folders be written to', async () => {
    const results = JSON.parse(
      await outputOf(`
        import { writeFileSync } from 'node:fs';
        const tryTo = (path) => { try { writeFileSync(path, 'x'); return 'written'; } catch (error) { return error.code; } };
        console.log(JSON.stringify(['/tmp/a', '/work/a', '/a', '/usr/a', '/usr/local/a', '/etc/a', '/dev/a', '/boundary/a'].map(tryTo)))`),
    );
    expect(results).toEqual(['written', 'written', ...Array(6).fill('EROFS')]);
  });

  test('closes the channel that it hands listeners over by before the program goes on', async () => {
    const seen = await outputOf(`
      import { fstatSync } from 'node:fs';
      try { fstatSync(4); console.log('open'); } catch (error) { console.log(error.code); }`);
    expect(seen).toBe('EBADF\n');
  });

  test('serves a port that was opened inside from outside, as if from within', async () => {
    const body = `
      import { connect } from 'node:net'; import { Socket } from 'node:net';
      const control = new Socket({ fd: 3 });
      control.on('data', (data) => connect(JSON.parse(data).port, '127.0.0.1').on('data', (reply) => { console.log(String(reply)); process.exit(); }));`;
    await using sandbox = await Sandbox.launch(specOf(body));
    const [listener] = sandbox.listeners;
    listener?.server.on('connection', (socket) => socket.end('from the runner'));
    const output = text(sandbox.stdout);
    sandbox.send({ port: listener?.port });
    expect(await output).toBe('from the runner\n');
    // The port exists in the sandbox's network only.
    await expect(
      new Promise((_, reject) => connect(listener?.port ?? 0, '127.0.0.1').once('error', reject)),
    ).rejects.toThrow('ECONNREFUSED');
  });

  test('dies with all its children when it is disposed of', async () => {
    const sandbox = await Sandbox.launch(
      specOf(`
        import { spawn } from 'node:child_process';
        spawn('sleep', ['4242'], { detached: true, stdio: 'ignore' }).unref(); console.log('spawned'); setInterval(() => {}, 1000);`),
    );
    await new Promise((resolve) => sandbox.stdout.once('data', resolve));
    await sandbox[Symbol.asyncDispose]();
    expect(commandLines().filter((line) => line.includes('4242'))).toEqual([]);
  });

  test('tells that memory ran out', async () => {
    await using sandbox = await Sandbox.launch(
      specOf('const hoard = []; for (;;) hoard.push(Buffer.alloc(1 << 20, 1));'),
    );
    const exit = await sandbox.exited;
    expect(exit.limit).toBe('memory');
  });

  test('may not swap, where groups limit it and the kernel counts that', async () => {
    await using _sandbox = await Sandbox.launch(specOf(''));
    // With cgroup v2 what it may swap, with v1 memory and swap together.
    const allowed = { 'memory.swap.max': 0, 'memory.memsw.limit_in_bytes': limits.memoryBytes };
    for (const group of ownGroups()) {
      for (const [file, bytes] of Object.entries(allowed)) {
        const path = join(group, file);
        if (existsSync(path)) expect(readFileSync(path, 'utf8')).toBe(`${bytes}\n`);
      }
    }
  });

  test('ends by a signal of its own where its processor time is used up', async () => {
    const { limits: usual, ...spec } = specOf('for (;;);');
    await using sandbox = await Sandbox.launch({ ...spec, limits: { ...usual, cpuSeconds: 1 } });
    const exit = await sandbox.exited;
    expect(exit.code).toBe(128 + constants.signals.SIGXCPU);
  });

  test('says why it could not start', async () => {
    const spec = { ...specOf(''), command: ['/usr/bin/no-such-program'] };
    await expect(Sandbox.launch(spec)).rejects.toThrow(/no-such-program/);
  });
});

/** Folders of the groups of sandboxes that this process started. */
function ownGroups(): string[] {
  return controlGroupFolders().flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.startsWith(`sandbox-${process.pid}-`))
      .map((name) => join(folder, name)),
  );
}

function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    });
}
