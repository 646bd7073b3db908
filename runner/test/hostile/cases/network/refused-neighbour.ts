// outcome: passed

import { GenericContainer, Network } from 'testcontainers';
import { expect, test } from 'vitest';

// A port that the engine sees as open and that refuses whoever comes from a neighbour.
const listen = `require('node:net').createServer().listen(9000, '127.0.0.5')`;
const detach = `require('node:child_process')
  .spawn(process.execPath, ['-e', ${JSON.stringify(listen)}], { detached: true, stdio: 'ignore' }).unref()`;
const knock = `let left = 40;
  const again = () => require('node:net').connect(9000, 'neighbour').on('error', next).on('close', next);
  const next = () => { if (left-- > 0) setTimeout(again, 50); else process.exit(); };
  again();`;

test('is refused, and the runner goes on', async () => {
  const network = await new Network().start();
  const image = 'testcontainers/helloworld';
  const [one, other] = await Promise.all([
    new GenericContainer(image).withNetwork(network).start(),
    new GenericContainer(image).withNetwork(network).withNetworkAliases('neighbour').start(),
  ]);
  await other.exec(['node', '-e', detach]);
  expect((await one.exec(['node', '-e', knock])).exitCode).toBe(0);
  await Promise.all([one.stop(), other.stop()]);
  await network.stop();
});
