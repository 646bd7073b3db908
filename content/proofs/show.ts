/** How an experiment tells its readers what happens, while it happens. */
import { AssertionError } from 'node:assert';

export function columns(...names: string[]): void {
  say({ columns: names });
}

export function row(...cells: (string | number)[]): void {
  say({ row: cells.map(String) });
}

export function note(text: string): void {
  say({ note: text });
}

/** Runs a test and says in words how it ended. */
export async function verdictOf(test: () => Promise<unknown>): Promise<string> {
  try {
    await test();
    return 'green';
  } catch (error) {
    return `red: ${reasonOf(error as Error)}`;
  }
}

function reasonOf(error: Error & { code?: string }): string {
  if (error instanceof AssertionError && error.generatedMessage) {
    return `expected ${JSON.stringify(error.expected)}, got ${JSON.stringify(error.actual)}`;
  }
  const [first = ''] = error.message.split('\n');
  return error.code === undefined || error instanceof AssertionError ? first : `${error.code}, ${first}`;
}

function say(proof: object): void {
  process.stdout.write(`${JSON.stringify({ proof })}\n`);
}
