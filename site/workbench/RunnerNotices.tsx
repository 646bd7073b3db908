import type { Readiness } from '../../runner/protocol.ts';

/** What the runner says about itself: that it cannot contain code, or lacks something, and the line that mends it. */
export function RunnerNotices({ readiness }: { readiness: Readiness | null }) {
  if (!readiness || (readiness.ready && readiness.notices.length === 0)) return null;
  return (
    <aside className="wb-notices" aria-label="About this runner" data-testid="runner-notices">
      <p className="wb-strong">
        {readiness.ready ? 'A note on this runner' : 'This runner cannot run tests right now'}
      </p>
      {readiness.notices.map((notice) => (
        <p key={notice}>{withCode(notice)}</p>
      ))}
    </aside>
  );
}

/** Commands stand in backticks in a notice. */
function withCode(text: string) {
  return text.split('`').map((part, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one fixed sentence
    return index % 2 === 1 ? <code key={index}>{part}</code> : part;
  });
}
