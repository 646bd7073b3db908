/** Stands where a part of the answers will be. `what` begins the sentence. */
export function AnswersAwaited({ what, failed, again }: { what: string; failed: boolean; again(): void }) {
  if (!failed) return <p role="status">{what}: loading…</p>;
  return (
    <p role="status">
      {what} could not be loaded: the runner does not answer.{' '}
      <button type="button" className="button" onClick={again}>
        Try again
      </button>
    </p>
  );
}
