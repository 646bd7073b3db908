import type { RunnerTask } from 'vitest';

/** Suites and title, joined as Vitest's own output joins them. */
export function fullName(task: RunnerTask): string {
  const names = [task.name];
  for (let suite = task.suite; suite && !('filepath' in suite); suite = suite.suite) names.unshift(suite.name);
  return names.join(' > ');
}
