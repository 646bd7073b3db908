import type { Readable } from 'node:stream';

/**
 * Reads JSON, one value a line, from a stream that somebody untrusted writes. A line over `maxBytes` or one that is not
 * JSON ends the reading with an error; what a value means is for the caller to check.
 *
 * @param onFrame called for each value, in order
 * @param onFault called at most once; nothing is read after it
 */
export function readFrames(
  stream: Readable,
  maxBytes: number,
  onFrame: (value: unknown) => void,
  onFault: (fault: Error) => void,
): void {
  let pending: Buffer[] = [];
  let bytes = 0;
  const fail = (message: string) => {
    stream.off('data', read);
    stream.resume();
    pending = [];
    onFault(new Error(message));
  };
  const read = (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      const line = Buffer.concat([...pending, rest.subarray(0, end)]);
      pending = [];
      bytes = 0;
      rest = rest.subarray(end + 1);
      if (line.length > maxBytes) return fail(`a frame of ${line.length} bytes, over the limit of ${maxBytes}`);
      let value: unknown;
      try {
        value = JSON.parse(line.toString('utf8'));
      } catch {
        return fail('a frame that is not JSON');
      }
      try {
        onFrame(value);
      } catch (error) {
        // What a frame leads to may be no more than its sender's end.
        return fail(`a frame that cannot be taken: ${(error as Error).message}`);
      }
    }
    if (rest.length === 0) return;
    pending.push(rest);
    bytes += rest.length;
    if (bytes > maxBytes) fail(`a frame over the limit of ${maxBytes} bytes`);
  };
  stream.on('data', read);
}
