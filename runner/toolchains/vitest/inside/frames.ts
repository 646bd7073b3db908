import { writeSync } from 'node:fs';
import type { HostMessage } from '../messages.ts';

const controlDescriptor = 3;
const waiting = new Int32Array(new SharedArrayBuffer(4));

/** Writes one message to the runner, before anything else happens: a test that hangs afterwards has still been told of. */
export function say(message: HostMessage): void {
  let rest: Buffer = Buffer.from(`${JSON.stringify(message)}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(controlDescriptor, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      // The runner is busy reading; its end of the socket does not block, so neither does ours.
      Atomics.wait(waiting, 0, 0, 1);
    }
  }
}
