import { kafka } from './kafka.ts';
import { redis } from './redis.ts';
import { s3 } from './s3.ts';

/** The servers that snippets of a topic talk to, other than PostgreSQL, which a sandbox has. */
export const services = [redis, kafka, s3];
