import { readdirSync } from 'node:fs';
import { GenericContainer } from 'testcontainers';
import { expect, test } from 'vitest';
import { setUpEngine } from '../engine-fixture.ts';
import { streamsSocket } from './messages.ts';

setUpEngine();

test('what runs in a container can hold few sockets of the runner’s open by connecting to its agent’s and saying nothing', async () => {
  const container = await new GenericContainer('testcontainers/helloworld').start();
  const knock = `let left = 800;
    const answered = () => { if (--left === 0) setTimeout(() => process.exit(), 1000); };
    for (let n = 0; n < 800; n++)
      require('node:net').connect(${JSON.stringify(streamsSocket)}).once('connect', answered).once('error', answered);`;
  const descriptors = () => readdirSync('/proc/self/fd').length;
  const before = descriptors();
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, descriptors());
  }, 20);
  const { exitCode } = await container.exec(['node', '-e', knock]);
  clearInterval(looking);
  expect(exitCode).toBe(0);
  expect(most - before).toBeGreaterThan(50);
  expect(most - before).toBeLessThan(250);
  expect((await container.exec(['echo', 'still here'])).stdout).toBe('still here\n');
});
