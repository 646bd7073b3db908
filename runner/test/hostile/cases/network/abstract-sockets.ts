// outcome: passed

import { connect } from 'node:net';
import { expect, test } from 'vitest';

test('connects to an abstract socket of the host', async () => {
  const targets = [{ path: '\0HOST_ABSTRACT' }];
  for (const target of targets) {
    const outcome = await new Promise((resolve) => {
      const socket = connect({ ...target, timeout: 500 }, () => resolve('connected'));
      socket.on('error', ({ message }) => resolve(message)).on('timeout', () => resolve('silence'));
    });
    if (outcome === 'connected') console.log(`LEAK: reached ${JSON.stringify(target)}`);
    expect(outcome).not.toBe('connected');
  }
});
