// outcome: passed

import { once } from 'node:events';
import { connect } from 'node:net';
import { GenericContainer, getContainerRuntimeClient, Network, Wait } from 'testcontainers';
import { expect, test } from 'vitest';

test('kills Ryuk in the middle of its work, again and again', async () => {
  const { container } = await getContainerRuntimeClient();
  const ids = async () => (await container.list()).map(({ Id }) => Id);
  for (let round = 0; round < 3; round++) {
    const labels = { round: String(round) };
    const network = await new Network().start();
    const start = () =>
      new GenericContainer('testcontainers/helloworld').withLabels(labels).withNetwork(network).start();
    const ryuk = await new GenericContainer('testcontainers/ryuk:0.14.0')
      .withEnvironment({ RYUK_RECONNECTION_TIMEOUT: '1ms' })
      .withBindMounts([{ source: '/var/run/docker.sock', target: '/var/run/docker.sock' }])
      .withExposedPorts(8080)
      .withWaitStrategy(Wait.forLogMessage('Started'))
      .start();
    const doomed = await Promise.all([start(), start()]);
    const client = connect(ryuk.getMappedPort(8080), ryuk.getHost());
    client.write(`label=round=${round}\n`);
    await once(client, 'data');
    client.destroy();
    // At once, after the first removal was asked for, and beside a removal of the same containers.
    if (round === 1) while ((await ids()).length === 3) await new Promise((resolve) => setImmediate(resolve));
    await Promise.allSettled([
      container.getById(ryuk.getId()).kill(),
      ...(round === 2 ? doomed.map((one) => one.stop()) : []),
    ]);
    await Promise.allSettled([ryuk.stop(), ...doomed.map((one) => one.stop())]);
    expect(await ids()).toEqual([]);
    await network.stop();
  }
}, 80_000);
