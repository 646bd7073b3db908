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
  /** Ids that its processes run as. */
  uid: number;
  gid: number;
  readOnly: readonly ReadOnlyMount[];
  writable: readonly string[];
  /** Folders to copy into place before the first start, given the container's environment. */
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
