import { useState } from 'react';
import type { DockerComparison, Timings } from '../../runner/protocol.ts';
import { withDocker } from './docker-estimate.ts';
import type { ExerciseKind } from './exercise-props.ts';
import type { Column } from './matrix.ts';
import { type TimelinePart, timelineOf } from './timeline.ts';
import { VariantChoice } from './VariantChoice.tsx';
import { counted, milliseconds } from './words.ts';

type Props = {
  kind: ExerciseKind;
  timings: Timings;
  columns: readonly Column[];
  suite: string;
  /** What the runner's own benchmark measured, if it was run and this run was none of Docker's. */
  docker: DockerComparison | undefined;
};

/** Where the time went: of one implementation, or of one check where code is written, as a bar, part after part; of all of them as sums. */
export function Receipt({ kind, timings, columns, suite, docker }: Props) {
  const variant = kind === 'write-code' ? 'check' : 'implementation';
  const ran = columns.filter(({ variant }) => variant?.finishedAt);
  const [chosen, choose] = useState('');
  const column = ran.find(({ id }) => id === chosen) ?? ran[0];
  const parts = column?.variant ? timelineOf(column.variant, timings.queue, suite) : [];
  return (
    <section className="wb-block" aria-labelledby="wb-receipt" data-testid="receipt">
      <h3 id="wb-receipt">
        {milliseconds(timings.total)} to the verdict
        {timings.firstTest !== undefined && (
          <span className="wb-quiet">, first result after {milliseconds(timings.firstTest)}</span>
        )}
      </h3>
      {column && parts.length > 0 && (
        <>
          <div className="wb-choice">
            <VariantChoice label="Time of" columns={ran} value={column.id} onChoose={choose} />
          </div>
          <Bar parts={parts} />
          <ol className="wb-receipt">
            {parts.map((part, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
              <li key={place} data-part={part.kind}>
                <span>{part.words}</span> <span className="wb-time">{milliseconds(part.ms)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
      <p className="wb-quiet">
        All {variant}s together: <Sum ms={timings.boot} /> for sandboxes and loading, <Sum ms={timings.database} /> for
        containers, <Sum ms={timings.tests} /> in tests and hooks. Those that ran side by side make the sum larger than
        the wait.
      </p>
      {docker && <WithDocker variant={variant} timings={timings} ran={ran.length} measured={docker} />}
    </section>
  );
}

/** A number and its unit, on one line. */
function Sum({ ms }: { ms: number }) {
  return <span className="wb-together">{milliseconds(ms)}</span>;
}

/** What the same run costs elsewhere, with what that rests on. */
function WithDocker(props: { variant: string; timings: Timings; ran: number; measured: DockerComparison }) {
  const { variant, timings, ran, measured } = props;
  const ms = withDocker(timings, ran, measured);
  if (ms === undefined) return null;
  const { at, boundaryMs, dockerMs, variants, rounds, vitest, testcontainers, docker, image, exercise } = measured;
  return (
    <p className="wb-quiet" data-testid="with-docker">
      With Vitest, Testcontainers and Docker, one after another, it would have taken about {milliseconds(ms)}: on this
      runner’s machine, each {variant} took {milliseconds((dockerMs - boundaryMs) / variants)} longer that way. Measured
      on <time dateTime={at}>{at.slice(0, 10)}</time> in {counted(rounds, 'round')} of {exercise}, with Vitest {vitest},
      Testcontainers {testcontainers}, {docker} and {image}.
    </p>
  );
}

function Bar({ parts }: { parts: readonly TimelinePart[] }) {
  const whole = parts.reduce((sum, { ms }) => sum + ms, 0);
  let reached = 0;
  return (
    <svg className="wb-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {parts.map(({ kind, ms }, place) => {
        const [x, width] = [(reached / whole) * 100, (ms / whole) * 100];
        reached += ms;
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        return <rect key={place} data-part={kind} x={x} y="0" width={width} height="4" />;
      })}
    </svg>
  );
}
