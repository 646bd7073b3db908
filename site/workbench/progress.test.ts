import { describe, expect, it } from 'vitest';
import { announcementOf, headlineOf, progressOf } from './progress.ts';
import { emptyRun, type RunState } from './run-state.ts';

const timings = { queue: 0, boot: 0, database: 0, tests: 0, total: 0 };
const finished = (part: Partial<RunState>): RunState => ({ ...emptyRun, phase: 'finished', ...part });

describe('progressOf', () => {
  it('says how many are before and how long that takes', () => {
    const queued = { ...emptyRun, phase: 'queued' as const };
    expect(progressOf({ ...queued, queue: { position: 1, estimateMs: 2300 } })).toBe(
      'In the queue: 1 run before yours, about 2.3 s',
    );
    expect(progressOf({ ...queued, queue: { position: 0, estimateMs: null } })).toBe('Next in the queue');
  });

  it('says that the runner stopped, when the run waits or runs again because of it', () => {
    const again = { ...emptyRun, attempt: 1, queue: { position: 0, estimateMs: null } };
    expect(progressOf({ ...again, phase: 'queued' })).toContain('the runner stopped in the middle of it');
    expect(progressOf({ ...again, phase: 'running' })).not.toContain('stopped');
    expect(progressOf({ ...again, phase: 'running', attempt: 2 })).toContain('the runner stopped in the middle of it');
  });
});

describe('headlineOf', () => {
  it('blames a failing correct implementation before a surviving bug', () => {
    const verdict = {
      outcome: 'failed' as const,
      reason: '',
      partial: false,
      references: [{ id: 'plain', outcome: 'failed' as const, tests: [] }],
      mutants: [{ id: 'lost', title: '', core: true, outcome: 'survived' as const, killedBy: [] }],
      timings,
    };
    expect(headlineOf(finished({ outcome: 'failed', verdict }))).toBe('Not passed: no test of yours could run');
    expect(headlineOf(finished({ outcome: 'failed', verdict, tests: ['a'] }))).toContain(
      'fail on 1 correct implementation',
    );
    const sound = { ...verdict, references: [{ id: 'plain', outcome: 'passed' as const, tests: [] }] };
    expect(headlineOf(finished({ outcome: 'failed', verdict: sound }))).toBe(
      'Not passed: 1 core bug got past your tests',
    );
  });

  it('says where a suite breaks a rule, and does not call that a bug that got past it', () => {
    const told = (reference: 'passed' | 'rule-broken', mutant: 'killed' | 'rule-broken') => {
      const mutants = [{ id: 'lost', title: '', core: true, outcome: mutant, killedBy: [] }];
      const references = [{ id: 'plain', outcome: reference, tests: [] }];
      const verdict = { outcome: 'failed' as const, reason: '', partial: false, references, mutants, timings };
      return headlineOf(finished({ outcome: 'failed', verdict, tests: ['a'] }));
    };
    expect(told('rule-broken', 'killed')).toBe('Not passed: your suite breaks a rule');
    expect(told('passed', 'rule-broken')).toBe('Not passed: your suite breaks a rule while it fails on 1 core bug');
  });

  it('counts the checks that code fails, and tells one hidden test from all', () => {
    const check = (id: string, core: boolean, outcome: 'passed' | 'failed' | 'not-run') => {
      return { id, title: id, core, outcome, failed: [] };
    };
    const verdict = { outcome: 'failed' as const, reason: '', partial: false, references: [], mutants: [], timings };
    const checks = [check('a', true, 'failed'), check('b', true, 'passed'), check('c', false, 'failed')];
    const run = finished({ outcome: 'failed', verdict: { ...verdict, checks } });
    expect(headlineOf(run)).toBe('Not passed: your code fails 1 core check');
    expect(announcementOf(run)).toContain('1 of 3 checks passed.');
    const one = { ...verdict, partial: true, checks: [check('a', true, 'passed'), check('b', true, 'not-run')] };
    expect(headlineOf(finished({ outcome: 'failed', verdict: one }))).toBe('One hidden test ran: your code passes it');
  });

  it('takes the blame for its own errors', () => {
    expect(headlineOf(finished({ outcome: 'runner-error' }))).toBe('The runner failed, not your tests');
  });
});

describe('announcementOf', () => {
  it('does not change while tests of the same stage come in', () => {
    const running: RunState = { ...emptyRun, phase: 'running' };
    expect(announcementOf({ ...running, tests: ['a'] })).toBe(announcementOf({ ...running, tests: ['a', 'b'] }));
  });

  it('tells once that the runner stopped in the middle', () => {
    expect(announcementOf({ ...emptyRun, phase: 'queued', attempt: 1 })).toContain('in the queue again');
    expect(announcementOf({ ...emptyRun, phase: 'running', attempt: 2 })).toContain('running again');
  });

  it('gives the reason at the end', () => {
    expect(announcementOf(finished({ outcome: 'cancelled', reason: 'You cancelled it.' }))).toBe(
      'Cancelled. You cancelled it.',
    );
  });
});
