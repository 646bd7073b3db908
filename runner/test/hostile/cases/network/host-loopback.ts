// outcome: passed

import { connect } from 'node:net';
import { expect, test } from 'vitest';

test('connects to a service of the host', async () => {
  const targets = [
    { host: '127.0.0.1', port: Number('HOST_PORT') },
    { host: '::1', port: Number('HOST_PORT') },
    { host: '0.0.0.0', port: Number('HOST_PORT') },
    { host: '10.0.2.2', port: Number('HOST_PORT') },
    { host: '172.17.0.1', port: Number('HOST_PORT') },
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
