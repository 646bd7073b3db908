import type { DockerComparison, Timings } from '../../runner/protocol.ts';

/**
 * About how long a run would have taken with Vitest, Testcontainers and Docker, in ms, without its wait in the queue. What
 * Docker costs, it costs for each implementation, whatever the tests do then: so that is added, rather than the whole
 * multiplied. Undefined where the benchmark saw no such cost.
 */
export function withDocker(timings: Timings, ran: number, measured: DockerComparison): number | undefined {
  const more = (measured.dockerMs - measured.boundaryMs) / measured.variants;
  return ran > 0 && more > 0 ? timings.total - timings.queue + ran * more : undefined;
}
