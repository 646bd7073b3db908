import { readFileSync } from 'node:fs';

/** The state of a socket that listens, in `/proc/net/tcp`. See proc(5). */
const listening = '0A';
/** First byte of the loopback addresses that stand for other containers, as `/proc` writes 127.64.x.y and up. */
const doors = /^[0-9A-F]{4}(4[0-9A-F])7F$/;
const maxPorts = 32;

/** The TCP ports on which processes of this container listen, in order, without the doors to others. */
export function listeningPorts(): number[] {
  const ports = ['tcp', 'tcp6'].flatMap((table) => portsIn(read(table)));
  return [...new Set(ports)].sort((one, other) => one - other).slice(0, maxPorts);
}

/** The ports in one table. Its addresses are in the machine's order of bytes: 127.64.0.2 is 0200407F. */
export function portsIn(table: string): number[] {
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state] = line.trim().split(/\s+/);
    const [address = '', port = ''] = local.split(':');
    return state === listening && !doors.test(address) ? [Number.parseInt(port, 16)] : [];
  });
}

function read(table: string): string {
  try {
    return readFileSync(`/proc/net/${table}`, 'latin1');
  } catch {
    return '';
  }
}
