import { isDone } from './progress.ts';

export type ExerciseState = 'passed' | 'begun' | 'to do';

/** How far this browser has got with an exercise: passed, begun where it keeps edits or a run of it, or to do. */
export function exerciseState(slug: string): ExerciseState {
  if (isDone('exercise', slug)) return 'passed';
  try {
    const begun = new RegExp(`^boundary:(draft|run):${slug}:`);
    return Object.keys(localStorage).some((key) => begun.test(key)) ? 'begun' : 'to do';
  } catch {
    return 'to do';
  }
}
