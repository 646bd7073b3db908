import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';

/** Two pipelines listen on each socket, for every way that it can end. */
const listenersOfTwoPipelines = 20;

/** Carries what each of two sockets says to the other, and resolves once both ways have ended, however they did. */
export async function carry(one: Socket, other: Socket): Promise<void> {
  for (const socket of [one, other]) socket.setMaxListeners(listenersOfTwoPipelines);
  await Promise.allSettled([pipeline(one, other), pipeline(other, one)]);
}
