// outcome: passed

import { connect } from 'node:net';
import { expect, test } from 'vitest';

test('connects to the internet', async () => {
  const targets = [
    { host: '1.1.1.1', port: 443 },
    { host: '8.8.8.8', port: 53 },
    { host: '2606:4700:4700::1111', port: 443 },
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
