/** The trace's public face: other parts import from here only. */
export { openPostgresTap } from './postgres/tap.ts';
export { TraceRecorder } from './recorder.ts';
export type { TraceRecord } from './tally.ts';
export type { OpenTap, Tap } from './tap.ts';
export { TestTurns } from './test-turns.ts';
