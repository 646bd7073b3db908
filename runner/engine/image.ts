import type { ReadOnlyMount } from '../sandbox/index.ts';
import type { OpenTap } from '../trace/index.ts';
import type { ServiceSpec } from './service.ts';

/** What the Engine API says of an image, and what it takes to run it in a sandbox. */
export type Image = {
  /** `sha256:` and 64 hex digits. */
  id: string;
  /** Every reference it answers to is resolved elsewhere; this is the canonical one. */
  name: string;
  config: {
    env: Readonly<Record<string, string>>;
    entrypoint: readonly string[];
    cmd: readonly string[];
    /** Such as `5432/tcp`. */
    exposedPorts: readonly string[];
    stopSignal: NodeJS.Signals;
    workingDir: string;
    labels: Readonly<Record<string, string>>;
  };
  /** Ids that its processes run as, unless a request names another of `users`. */
  uid: number;
  gid: number;
  /** Whom a request may name: their own ids, or the image's where there is one user for all. */
  users: Readonly<Record<string, { uid: number; gid: number }>>;
  readOnly: readonly ReadOnlyMount[];
  /** Folders that can be written to and are limited each by itself. All others share the limit of the root. */
  writable: readonly string[];
  /** Empty folders that programs look for. */
  folders: readonly string[];
  /** Where a socket of the run's own engine is in its containers. */
  engineSocket?: string;
  /** A tar archive to unpack into a folder before the first start, given the container's environment; both in its sandbox. */
  seed(env: Readonly<Record<string, string>>): Promise<{ from: string; to: string } | undefined>;
  /** Whether a service of this kind is likely to be asked for again, and starts as any other of its kind does. */
  foresees(spec: ServiceSpec): boolean;
  /** Whether a chunk that a client sent ends with its protocol's last message. */
  isFarewell(chunk: Buffer): boolean;
  /** Reads its protocol in passing, where there is a tap for it. */
  openTap?: OpenTap;
  /**
   * What stands in the log, one after another, once a service of this kind is ready. `start` is answered then, so that a
   * client's first look succeeds. Empty for one of which that is not known.
   */
  readiness(spec: ServiceSpec): readonly RegExp[];
};

/** Folders that a Linux system has, beside those of the host's programs. */
export const usualFolders = [
  '/etc',
  '/home',
  '/root',
  '/opt',
  '/srv',
  '/mnt',
  '/media',
  '/data',
  '/run',
  '/var/log',
  '/var/tmp',
];

/** A reference as a person writes it: `docker.io/library/postgres:16-alpine` → `postgres`, `16-alpine`. */
export function parseReference(reference: string): { repository: string; tag: string } {
  const [path = ''] = reference.split('@');
  const colon = path.lastIndexOf(':');
  const hasTag = colon > path.lastIndexOf('/');
  const repository = (hasTag ? path.slice(0, colon) : path)
    .replace(/^(docker\.io|index\.docker\.io)\//, '')
    .replace(/^library\//, '');
  return { repository, tag: hasTag ? path.slice(colon + 1) : 'latest' };
}
