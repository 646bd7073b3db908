// outcome: passed

import { connect } from 'node:net';
import { expect, test } from 'vitest';

test('asks the cloud who it is', async () => {
  const targets = [
    { host: '169.254.169.254', port: 80 },
    { host: 'fd00:ec2::254', port: 80 },
  ];
  for (const target of targets) {
    const outcome = await new Promise((resolve) => {
      const socket = connect({ ...target, timeout: 500 }, () => resolve('connected'));
      socket.on('error', ({ message }) => resolve(message)).on('timeout', () => resolve('silence'));
    });
    if (outcome === 'connected') console.log(`LEAK: reached ${JSON.stringify(target)}`);
    expect(outcome).not.toBe('connected');
  }
});
