import { expect, test } from 'vitest';
import { portsIn } from './listening-ports.ts';

test('only sockets that listen count, and not the doors to other containers', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue',
    '   0: 0100007F:1538 00000000:0000 0A 00000000:00000000',
    '   1: 00000000:1F90 00000000:0000 0A 00000000:00000000',
    '   2: 0200407F:0050 00000000:0000 0A 00000000:00000000',
    '   3: 0100007F:1538 0200007F:D431 01 00000000:00000000',
    '   4: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000',
    '',
  ].join('\n');
  expect(portsIn(table)).toEqual([5432, 8080, 22]);
});
