import { Learner, startTestServer } from '../test/web/test-server.ts';
import type { Figure, Part } from './figures.ts';

const lines = 2_000;
const sockets = 500;

/** A real store, HTTP and WebSockets; the grading is scripted, and prints as fast as it can. */
export const events: Part = async (rounds) => {
  const alone: number[] = [];
  const together: number[] = [];
  await using server = await startTestServer({ QUEUE_MAX_PER_LEARNER: '1000', STREAMS_PER_ADDRESS: '1000' });
  const learner = await Learner.known(server.address);
  for (let round = 0; round < Math.min(rounds, 5); round++) {
    const one = await learner.submit(`output ${lines}`);
    const began = performance.now();
    const { events: seen } = await learner.follow(one.id);
    alone.push((seen.length * 1000) / (performance.now() - began));

    const many = await learner.submit('output 100');
    await learner.follow(many.id);
    const again = performance.now();
    const streams = await Promise.all(Array.from({ length: sockets }, () => learner.follow(many.id)));
    const all = streams.reduce((sum, stream) => sum + stream.events.length, 0);
    together.push((all * 1000) / (performance.now() - again));
  }
  const figures: Figure[] = [
    { what: 'through one WebSocket, while they are made', unit: 'events a second', values: alone },
    { what: `through ${sockets} WebSockets, opened at once, all together`, unit: 'events a second', values: together },
  ];
  return { figures };
};
