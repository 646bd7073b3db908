import type { Timings } from '../../runner/protocol.ts';
import { milliseconds } from './words.ts';

/** Where the time went. Boot, database and tests are sums over variants that may overlap, so the bar shows shares of work. */
export function Receipt({ timings }: { timings: Timings }) {
  const parts = [
    { key: 'queue', words: 'in the queue', ms: timings.queue },
    { key: 'boot', words: 'sandboxes and loading', ms: timings.boot },
    { key: 'database', words: 'starting databases', ms: timings.database },
    { key: 'tests', words: 'your tests', ms: timings.tests },
  ];
  const work = parts.reduce((sum, { ms }) => sum + ms, 0);
  return (
    <section className="wb-block" aria-labelledby="wb-receipt" data-testid="receipt">
      <h3 id="wb-receipt">
        {milliseconds(timings.total)} to the verdict
        {timings.firstTest !== undefined && (
          <span className="wb-quiet">, first result after {milliseconds(timings.firstTest)}</span>
        )}
      </h3>
      <svg className="wb-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        {parts.map(({ key, ms }, index) => {
          const before = parts.slice(0, index).reduce((sum, part) => sum + part.ms, 0);
          const share = (value: number) => (work > 0 ? (value / work) * 100 : 0);
          return <rect key={key} data-part={key} x={share(before)} y="0" width={share(ms)} height="4" />;
        })}
      </svg>
      <dl className="wb-receipt">
        {parts.map(({ key, words, ms }) => (
          <div key={key} data-part={key}>
            <dt>{words}</dt>
            <dd>{milliseconds(ms)}</dd>
          </div>
        ))}
      </dl>
      <p className="wb-quiet">
        Summed over all variants; those that ran side by side make the sum larger than the wait.
      </p>
    </section>
  );
}
