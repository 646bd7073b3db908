import type { HostMessage } from '../messages.ts';

/** What in a rehearsal went otherwise than it should: of its tests, those fail, and only those, whose titles say so. */
export function faultIn(said: readonly HostMessage[]): string | undefined {
  const faults = said.flatMap((message) => {
    if (message.type === 'done') return message.faults.map((fault) => `${fault.where}: ${fault.message}`);
    if (message.type !== 'test' || (message.outcome === 'failed') === / fails /.test(message.name)) return [];
    return [`${message.name}: it ${message.outcome}. ${message.failure?.message ?? ''}`.trim()];
  });
  if (!said.some(({ type }) => type === 'done')) faults.push('It did not come to its end.');
  return faults.length === 0 ? undefined : faults.join('\n');
}
