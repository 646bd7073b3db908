import { type OpenTap, openPostgresTap, openRedisTap } from '../trace/index.ts';
import { parseReference } from './image.ts';

/** The message Terminate of PostgreSQL's protocol. */
const terminate = Buffer.from([0x58, 0, 0, 0, 4]);

/** What the relay knows of a service's protocol. */
export type Protocol = {
  /** Whether a chunk that a client sent ends with the protocol's last message. */
  isFarewell: (chunk: Buffer) => boolean;
  /** Reads it in passing, where there is a tap for it. */
  openTap?: OpenTap;
};

export const postgresProtocol: Protocol = {
  isFarewell: (chunk) => chunk.subarray(-terminate.length).equals(terminate),
  openTap: openPostgresTap,
};

export const redisProtocol: Protocol = { isFarewell: () => false, openTap: openRedisTap };

const protocols: Readonly<Record<string, Protocol>> = {
  postgres: postgresProtocol,
  redis: redisProtocol,
  'valkey/valkey': redisProtocol,
};

/** The protocol that an image's service speaks, as far as its name tells. */
export function protocolOf(reference: string): Protocol {
  const { repository } = parseReference(reference);
  return (Object.hasOwn(protocols, repository) && protocols[repository]) || { isFarewell: () => false };
}
