import { keep, kept } from '../progress/progress.ts';

/** Storage that may be forbidden or full: reading then finds nothing, and writing says that it did not keep. */
export function readStored(key: string): unknown {
  const text = kept(key);
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** `undefined` removes the key. Returns whether the value will be there after a reload. */
export function writeStored(key: string, value: unknown): boolean {
  return keep({ [key]: value === undefined ? null : JSON.stringify(value) });
}
