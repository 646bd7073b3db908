import type Docker from 'dockerode';
import type { SandboxLimits } from '../../sandbox/index.ts';
import { type CreateBody, containerPort } from '../gateway/create.ts';
import { extraHost } from '../gateway/read-create.ts';
import { withTag } from './allowed-images.ts';

/** What the entrypoints of official images need to hand their folders over to the service's user. */
const capabilities = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'];
/** Processor time of one container, in cores. */
const cores = 2;
/** Folders in memory that one container may have. */
const maxTmpfs = 8;

export type CreateSetting = {
  /** The container's name in the daemon. */
  name: string;
  labels: Readonly<Record<string, string>>;
  limits: SandboxLimits;
  /** The network in the daemon that it is to be in, and its names there. */
  network: { id: string; aliases: readonly string[] };
};

/**
 * What the daemon is asked for: written anew, field by field, from what a client may say. Whatever is not named here
 * does not reach the daemon.
 */
export function rebuildCreate(body: CreateBody, setting: CreateSetting): Docker.ContainerCreateOptions {
  const { name, labels, limits, network } = setting;
  const host = body.HostConfig ?? {};
  const memory = Math.min(host.Memory || Number.POSITIVE_INFINITY, limits.memoryBytes);
  return {
    name,
    Image: withTag(body.Image),
    ...given('Cmd', body.Cmd),
    ...given('Entrypoint', body.Entrypoint),
    Env: body.Env ?? [],
    ...given('WorkingDir', body.WorkingDir || undefined),
    ...given('User', body.User || undefined),
    ...given('Hostname', body.Hostname || undefined),
    ...given('StopSignal', body.StopSignal || undefined),
    ...given('Healthcheck', body.Healthcheck && health(body.Healthcheck)),
    ExposedPorts: Object.fromEntries(portsOf(body).map((port) => [`${port}/tcp`, {}])),
    Labels: { ...ownLabels(body.Labels ?? {}), ...labels },
    HostConfig: {
      NetworkMode: network.id,
      // Daemons before 23.0.11, 25.0.4 and 26.0 ask the host's own resolver for names outside, also from networks that
      // lead nowhere (CVE-2024-29018). Names of the network are known without it.
      Dns: ['127.0.0.1'],
      AutoRemove: host.AutoRemove ?? false,
      ReadonlyRootfs: host.ReadonlyRootfs ?? false,
      Init: host.Init ?? false,
      Tmpfs: tmpfs(host.Tmpfs ?? {}, limits),
      CapDrop: ['ALL'],
      CapAdd: capabilitiesBut(host.CapDrop ?? []),
      SecurityOpt: ['no-new-privileges'],
      ExtraHosts: (host.ExtraHosts ?? []).map(extraHost).map(({ names, address }) => `${names[0]}:${address}`),
      Memory: memory,
      MemorySwap: memory,
      NanoCpus: Math.min(host.NanoCpus || Number.POSITIVE_INFINITY, cores * 1e9),
      PidsLimit: limits.processes,
      Ulimits: [
        { Name: 'nofile', Soft: limits.files, Hard: limits.files },
        { Name: 'core', Soft: 0, Hard: 0 },
      ],
      LogConfig: { Type: 'json-file', Config: { 'max-size': '4m', 'max-file': '1' } },
      RestartPolicy: { Name: 'no' },
    },
    NetworkingConfig: { EndpointsConfig: { [network.id]: { Aliases: [...network.aliases] } } },
  };
}

/** Labels that a client may set or see: all but the runner's own. */
export function ownLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([label]) => !label.startsWith('boundary.')));
}

/** Ports that are to be published, without the image's own. */
export function portsOf(body: CreateBody): number[] {
  const bound = Object.keys(body.HostConfig?.PortBindings ?? {});
  const exposed = body.HostConfig?.PublishAllPorts ? Object.keys(body.ExposedPorts ?? {}) : [];
  return [...new Set([...bound, ...exposed].map(containerPort))];
}

/** What is left when a client gives some up, by their names with or without `CAP_`. */
function capabilitiesBut(dropped: readonly string[]): string[] {
  const names = dropped.map((name) => name.toUpperCase().replace(/^CAP_/, ''));
  return names.includes('ALL') ? [] : capabilities.filter((name) => !names.includes(name));
}

function tmpfs(wanted: Readonly<Record<string, string>>, limits: SandboxLimits): Record<string, string> {
  const folders = Object.keys(wanted).filter((path) => path.startsWith('/') && !path.includes('..'));
  const options = `rw,nosuid,nodev,size=${limits.tmpfsBytes}`;
  return Object.fromEntries(folders.slice(0, maxTmpfs).map((path) => [path, options]));
}

function health({ Test, Interval, Timeout, Retries, StartPeriod }: NonNullable<CreateBody['Healthcheck']>) {
  return {
    ...given('Test', Test),
    ...given('Interval', Interval),
    ...given('Timeout', Timeout),
    ...given('Retries', Retries),
    ...given('StartPeriod', StartPeriod),
  };
}

function given<Name extends string, T>(name: Name, value: T | null | undefined): { [K in Name]?: T } {
  return (value === null || value === undefined ? {} : { [name]: value }) as { [K in Name]?: T };
}
