import type { Limits, Outcome } from '../../runner/protocol.ts';
import type { Texts } from './drafts.ts';
import { PlaceLink } from './place-link.tsx';
import type { RunState } from './run-state.ts';
import { bytes, milliseconds } from './words.ts';
import { writtenTests } from './written-tests.ts';

const limitWords: Partial<Record<Outcome, (limits: Limits) => string>> = {
  'timed-out': ({ variantWallMs, runWallMs }) =>
    `${milliseconds(variantWallMs)} for one implementation, ${milliseconds(runWallMs)} for a whole run`,
  'memory-limit': ({ memoryBytes }) => `${bytes(memoryBytes)} of memory for all processes of an implementation`,
  'process-limit': ({ processes }) => `${processes} processes and threads at once`,
  'output-limit': ({ outputBytes }) => `${bytes(outputBytes)} of output for one implementation`,
  'disk-limit': () => 'what a file, or the folder for temporary files, may hold',
};

/** Which limit a run met, how much it allows, and the test that was running, with its line. */
export function LimitMet({ run, sent }: { run: RunState; sent: Texts | null }) {
  const words = run.outcome === null ? undefined : limitWords[run.outcome];
  if (!words || !run.limits) return null;
  const reason = run.verdict?.reason ?? run.reason ?? '';
  const running = Object.entries(sent ?? {})
    .flatMap(([file, text]) => writtenTests(text).map((test) => ({ file, ...test })))
    .find(({ name }) => reason.includes(`“${name}”`));
  return (
    <dl className="wb-limit" data-testid="limit">
      <div>
        <dt>The limit</dt>
        <dd>{words(run.limits)}</dd>
      </div>
      {running && (
        <div>
          <dt>The test that was running</dt>
          <dd>
            “{running.name}”, which begins at <PlaceLink file={running.file} line={running.line} />
          </dd>
        </div>
      )}
    </dl>
  );
}
