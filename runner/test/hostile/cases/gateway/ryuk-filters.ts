// outcome: passed

import { once } from 'node:events';
import { connect } from 'node:net';
import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';
import { expect, test } from 'vitest';

const lines = [
  '',
  '=',
  'label',
  'label=',
  'label==',
  'label=&label=',
  'label=*',
  'label=m',
  'label=mine=',
  'label=mine=no',
  'label=mine&label=yours',
  'label=mine\0',
  'label=%',
  'label=%00',
  'label=%ff=yes',
  'label=__proto__',
  'label=constructor&label=toString',
  'label="]},"id":["',
  'label={"label":[]}',
  'name=',
  'id=',
  'all=1',
];

test('has Ryuk remove what its filters do not name', async () => {
  const image = 'testcontainers/helloworld';
  const bystander = await new GenericContainer(image).withLabels({ mine: 'yes' }).start();
  const doomed = await new GenericContainer(image).withLabels({ doomed: 'yes' }).start();
  const ryuk = await new GenericContainer('testcontainers/ryuk:0.14.0')
    .withEnvironment({ RYUK_RECONNECTION_TIMEOUT: '1s' })
    .withBindMounts([{ source: '/var/run/docker.sock', target: '/var/run/docker.sock' }])
    .withExposedPorts(8080)
    .withWaitStrategy(Wait.forLogMessage('Started'))
    .start();
  const open = () => connect(ryuk.getMappedPort(8080), ryuk.getHost()).on('error', () => {});
  const client = open();
  // Longer than the engine takes, and without an end.
  open().write(`label=${'x'.repeat(300_000)}\nlabel=${'y'.repeat(300_000)}`);
  open().end(Buffer.from([0xff, 0xfe, 0, 10, 0x80, 10]));
  client.write(`${lines.join('\n')}\n`);
  await once(client, 'data');
  // Removed last of all, when every other filter has been applied.
  client.end('label=doomed=yes\n');
  const { container } = await getContainerRuntimeClient();
  const ids = async () => (await container.list()).map(({ Id }) => Id);
  while ((await ids()).includes(doomed.getId())) await new Promise((resolve) => setTimeout(resolve, 100));
  if (!(await ids()).includes(bystander.getId())) console.log('LEAK: a container was removed that no filter named');
  expect(await ids()).toContain(bystander.getId());
}, 80_000);
