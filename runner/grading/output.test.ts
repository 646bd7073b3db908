import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { EventBody } from '../protocol.ts';
import { OutputGatherer } from './output.ts';

let events: EventBody[];
const over = vi.fn();

beforeEach(() => {
  events = [];
  over.mockClear();
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function gatherer(maxBytes: number): OutputGatherer {
  return new OutputGatherer('v', maxBytes, (event) => events.push(event), over);
}

const texts = () => events.map((event) => (event.type === 'output' ? `${event.stream}: ${event.text}` : event.type));

describe('gathering output', () => {
  test('makes one event of what comes in quick succession', () => {
    const output = gatherer(1000);
    output.add('stdout', Buffer.from('one\n'));
    output.add('stdout', Buffer.from('two\n'));
    expect(events).toEqual([]);
    vi.runAllTimers();
    expect(texts()).toEqual(['stdout: one\ntwo\n']);
  });

  test('keeps the order of the two streams', () => {
    const output = gatherer(1000);
    output.add('stdout', Buffer.from('a'));
    output.add('stderr', Buffer.from('b'));
    output.add('stdout', Buffer.from('c'));
    output.flush();
    expect(texts()).toEqual(['stdout: a', 'stderr: b', 'stdout: c']);
  });

  test('puts together a character that was cut in two', () => {
    const output = gatherer(1000);
    const bytes = Buffer.from('grün');
    output.add('stdout', bytes.subarray(0, 3));
    output.flush();
    output.add('stdout', bytes.subarray(3));
    output.flush();
    expect(texts().join('')).toBe('stdout: grstdout: ün');
  });

  test('cuts long text into events of a bounded length', () => {
    const output = gatherer(1 << 20);
    output.add('stdout', Buffer.alloc(50_000, 'x'));
    expect(events.length).toBeGreaterThan(3);
    const lengths = events.map((event) => (event.type === 'output' ? event.text.length : 0));
    expect(Math.max(...lengths)).toBeLessThanOrEqual(16 << 10);
    expect(lengths.reduce((sum, length) => sum + length)).toBe(50_000);
  });

  test('passes on its share and says once that there was more', () => {
    const output = gatherer(10);
    output.add('stdout', Buffer.from('12345678'));
    output.add('stdout', Buffer.from('90abc'));
    output.add('stdout', Buffer.from('def'));
    vi.runAllTimers();
    expect(texts()).toEqual(['stdout: 1234567890']);
    expect(over).toHaveBeenCalledOnce();
  });
});
