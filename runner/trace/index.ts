/** The trace's public face: other parts import from here only. */
export { openPostgresTap } from './postgres/tap.ts';
export { TraceRecorder } from './recorder.ts';
export { openRedisTap } from './redis/tap.ts';
export type { TraceRecord } from './tally.ts';
export type { OpenTap, Tap } from './tap.ts';
export { TestTurns } from './test-turns.ts';
