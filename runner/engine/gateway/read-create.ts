import { randomBytes } from 'node:crypto';
import type { ContainerRequest } from '../container.ts';
import { EngineError } from '../errors.ts';
import { healthConfig } from '../health.ts';
import type { Image } from '../image.ts';
import type { Place } from '../service.ts';
import { signalName } from '../signal-name.ts';
import type { Host } from '../surroundings.ts';
import { type CreateBody, containerPort } from './create.ts';

/** Folders with a file system of their own that one container may have. */
const maxTmpfs = 8;
/** As Docker has it. */
const leastMemory = 6 << 20;
/** The engine's own agent lives in the container's group as well, and could not start in less. */
const roomOfAgent = 128 << 20;
/** Where a file system can stand: a plain path that is no part of the host's own programs or of the kernel's files. */
const plainPath = /^(\/[\w-][\w.-]*)+$/;
const notOurs = /^\/(usr|bin|sbin|lib|lib32|lib64|libx32|proc|dev|sys|etc|run\/boundary)(\/|$)/;

/** Makes a request for a sandboxed container of what a client sent. */
export function readCreate(
  data: CreateBody,
  name: string | null,
  findImage: (reference: string) => Image,
): ContainerRequest {
  const image = findImage(data.Image);
  const { config } = image;
  const exposed = [...config.exposedPorts, ...Object.keys(data.ExposedPorts ?? {})].map(containerPort);
  const bindings = data.HostConfig?.PortBindings ?? {};
  const published = data.HostConfig?.PublishAllPorts ? exposed : Object.keys(bindings).map(containerPort);
  const health = data.Healthcheck ? healthConfig(withoutNulls(data.Healthcheck)) : undefined;
  return {
    name: nameOf(name),
    image,
    reference: data.Image,
    // As Docker has it: another entrypoint drops the image's command.
    entrypoint: data.Entrypoint ?? config.entrypoint,
    cmd: data.Cmd ?? (data.Entrypoint ? [] : config.cmd),
    env: { ...config.env, ...environment(data.Env ?? []) },
    workingDir: data.WorkingDir || config.workingDir,
    labels: { ...config.labels, ...data.Labels },
    publish: [...new Set(published)],
    exposed: [...new Set(exposed)],
    health,
    autoRemove: data.HostConfig?.AutoRemove ?? false,
    stopSignal: signalName(data.StopSignal || config.stopSignal),
    user: data.User ?? '',
    place: placeOf(data, image),
    networks: networksOf(data),
    extraHosts: (data.HostConfig?.ExtraHosts ?? []).map(extraHost),
    quota: { memory: data.HostConfig?.Memory ?? 0, nanoCpus: data.HostConfig?.NanoCpus ?? 0 },
  };
}

function nameOf(asked: string | null): string {
  const name = asked?.replace(/^\//, '') || `container-${randomBytes(6).toString('hex')}`;
  if (/^[a-zA-Z0-9][\w.-]{1,127}$/.test(name)) return name;
  throw new EngineError(
    400,
    `Invalid container name (${name.slice(0, 40)}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed, up to 128 of them.`,
  );
}

/** `NAME=value` entries by name; one without a value has an empty one. */
export function environment(entries: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    entries.map((entry) => {
      const split = entry.indexOf('=');
      return split === -1 ? [entry, ''] : [entry.slice(0, split), entry.slice(split + 1)];
    }),
  );
}

function withoutNulls<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], null> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null)) as never;
}

function placeOf({ User, Hostname, HostConfig }: CreateBody, image: Image): Place {
  const memory = HostConfig?.Memory;
  return {
    ...userOf(image, User ?? ''),
    ...(Hostname ? { hostname: hostname(Hostname) } : {}),
    tmpfs: tmpfsOf(Object.keys(HostConfig?.Tmpfs ?? {}), image),
    ...(memory ? { memoryBytes: memoryOf(memory) } : {}),
  };
}

function memoryOf(bytes: number): number {
  if (bytes < leastMemory) throw new EngineError(400, 'Minimum memory limit allowed is 6MB');
  return Math.max(bytes, roomOfAgent);
}

/** The ids of a user whom a request names, by name or by number, with or without a group. Throws {@link EngineError} 400. */
export function userOf({ uid, gid, users, name }: Image, wanted: string): { uid: number; gid: number } {
  const [user = ''] = wanted.split(':');
  if (user === '') return { uid, gid };
  const found =
    (Object.hasOwn(users, user) ? users[user] : undefined) ??
    Object.values(users).find((one) => String(one.uid) === user);
  if (found) return { uid: found.uid, gid: found.gid };
  throw new EngineError(
    400,
    `unable to find user ${user}: no matching entries in passwd file. ${name} has ${Object.keys(users).join(', ')} here.`,
  );
}

function hostname(text: string): string {
  if (/^[a-zA-Z0-9][a-zA-Z0-9.-]*$/.test(text)) return text;
  throw new EngineError(400, `invalid hostname ${text}: letters, digits, “-” and “.” are expected`);
}

/** The folders that need a file system of their own: those that are in one already are in memory anyway. */
function tmpfsOf(paths: readonly string[], { readOnly, writable }: Image): string[] {
  for (const path of paths) {
    if (
      !plainPath.test(path) ||
      notOurs.test(path) ||
      readOnly.some(({ to }) => to === path || to.startsWith(`${path}/`))
    )
      throw new EngineError(
        400,
        `A tmpfs cannot be at ${path}: choose a folder of the container's own, such as /data.`,
      );
  }
  if (paths.length > maxTmpfs) throw new EngineError(400, `At most ${maxTmpfs} tmpfs folders can be had here.`);
  return paths
    .filter((path) => ![...writable, '/tmp'].some((own) => path === own || path.startsWith(`${own}/`)))
    .sort();
}

function networksOf({ HostConfig, NetworkingConfig }: CreateBody): ContainerRequest['networks'] {
  const endpoints = Object.entries(NetworkingConfig?.EndpointsConfig ?? {});
  const mode = HostConfig?.NetworkMode;
  if (mode === 'none') return [];
  const named = endpoints.map(([key, endpoint]) => ({ key, aliases: endpoint?.Aliases ?? [] }));
  const first = mode && mode !== 'default' ? mode : (named[0]?.key ?? 'bridge');
  return named.some(({ key }) => key === first) ? named : [{ key: first, aliases: [] }, ...named];
}

/** `name:address`, as Docker writes an extra host. Throws {@link EngineError} 400. */
export function extraHost(text: string): Host {
  const colon = text.indexOf(':');
  const [name, address] = [text.slice(0, colon), text.slice(colon + 1)];
  if (colon > 0 && /^[\w.-]+$/.test(name) && /^[0-9a-fA-F.:]+$/.test(address)) return { address, names: [name] };
  throw new EngineError(400, `invalid extra host ${text}: a name, a colon and an IP address are expected`);
}

/** What a request asked for and does not get, for its answer. */
export function warningsOf(body: CreateBody): string[] {
  return [
    ...ulimitWarnings(body),
    ...(body.HostConfig?.NanoCpus ? ['NanoCpus has no effect: containers of this engine share the processor.'] : []),
  ];
}

/** What is so on every backend. */
export function ulimitWarnings({ HostConfig }: CreateBody): string[] {
  return HostConfig?.Ulimits?.length ? ['Ulimits are those of this engine; the ones asked for have no effect.'] : [];
}
