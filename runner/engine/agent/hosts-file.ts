import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

const file = '/etc/hosts';
/** Ends the lines that are ours; others are the container's own, and stay. */
const mark = '# of the engine';

/** Writes the names that the container knows: its own, and those of others at the addresses that stand for them. */
export function writeHosts(others: readonly { address: string; names: readonly string[] }[]): void {
  const lines = [{ address: '127.0.0.1', names: ['localhost', hostname()] }, ...others].map(
    ({ address, names }) => `${address} ${names.join(' ')} ${mark}`,
  );
  try {
    const own = previous().filter((line) => line !== '' && !line.endsWith(mark));
    writeFileSync(file, `${[...lines, ...own].join('\n')}\n`);
  } catch (error) {
    console.error(`agent: ${file} could not be written: ${(error as Error).message}`);
  }
}

function previous(): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
