import type { Container } from '../container.ts';
import type { Engine } from '../engine.ts';
import type { Network } from '../networks.ts';

const never = '0001-01-01T00:00:00Z';

/** What `inspect` answers: the fields that clients read, each in the type that strict ones decode. */
export function describeContainer(engine: Engine, container: Container): Record<string, unknown> {
  const { request, health } = container;
  const { place, quota } = request;
  const running = container.status === 'running';
  const [path = '', ...args] = [...request.entrypoint, ...request.cmd];
  const ports = portMap(container);
  return {
    Id: container.id,
    Name: `/${request.name}`,
    Created: container.createdAt.toISOString(),
    Path: path,
    Args: args,
    Image: request.image.id,
    State: {
      Status: container.status,
      Running: running,
      Paused: false,
      Restarting: false,
      OOMKilled: false,
      Dead: false,
      Pid: running ? 1 : 0,
      ExitCode: container.exitCode,
      Error: '',
      StartedAt: container.startedAt?.toISOString() ?? never,
      FinishedAt: container.finishedAt?.toISOString() ?? never,
      ...(health ? { Health: { Status: health.status, FailingStreak: health.failingStreak, Log: health.log } } : {}),
    },
    Config: {
      Hostname: place.hostname ?? 'boundary',
      User: request.user,
      Tty: false,
      OpenStdin: false,
      Image: request.reference,
      Env: Object.entries(request.env).map(([name, value]) => `${name}=${value}`),
      Cmd: request.cmd,
      Entrypoint: request.entrypoint,
      Labels: request.labels,
      ExposedPorts: Object.fromEntries(request.exposed.map((port) => [`${port}/tcp`, {}])),
      WorkingDir: request.workingDir,
      StopSignal: request.stopSignal,
    },
    HostConfig: {
      NetworkMode: request.networks[0]?.key ?? 'none',
      AutoRemove: request.autoRemove,
      PortBindings: Object.fromEntries(request.publish.map((port) => [`${port}/tcp`, [{ HostIp: '', HostPort: '' }]])),
      Memory: quota.memory,
      NanoCpus: quota.nanoCpus,
      // What it writes is kept line by line and read with `logs`, as Docker's driver of this name does.
      LogConfig: { Type: 'json-file', Config: {} },
      Privileged: false,
      SecurityOpt: ['no-new-privileges'],
      CapDrop: ['ALL'],
    },
    NetworkSettings: { Ports: ports, IPAddress: '', Networks: networksOf(engine, container) },
    Mounts: [],
  };
}

/** One row of `GET /containers/json`. */
export function summariseContainer(engine: Engine, container: Container): Record<string, unknown> {
  const { request, status } = container;
  return {
    Id: container.id,
    Names: [`/${request.name}`],
    Image: request.reference,
    ImageID: request.image.id,
    Command: [...request.entrypoint, ...request.cmd].join(' '),
    Created: Math.floor(container.createdAt.getTime() / 1000),
    State: status,
    Status: status === 'running' ? 'Up' : status === 'exited' ? `Exited (${container.exitCode})` : 'Created',
    Labels: request.labels,
    Ports: container.ports.map(({ port, hostPort }) => ({
      IP: '',
      PrivatePort: port,
      PublicPort: hostPort,
      Type: 'tcp',
    })),
    NetworkSettings: { Networks: networksOf(engine, container) },
    Mounts: [],
  };
}

function networksOf({ networks }: Engine, container: Container): Record<string, unknown> {
  const joined = networks.of(container).map(({ network, member: { address, aliases } }) => {
    const IPAddress = container.status === 'running' ? address : '';
    const names = network === networks.bridge ? [] : [...aliases, container.id.slice(0, 12)];
    return [network.name, { NetworkID: network.id, IPAddress, Aliases: names }] as const;
  });
  return Object.fromEntries(joined);
}

/** What a network's inspect answers: the fields that clients read, and those that strict ones decode. */
export function describeNetwork({ id, name, labels, createdAt, members }: Network): Record<string, unknown> {
  const running = [...members].filter(([{ status }]) => status === 'running');
  const endpoint = (container: Container, address: string) => ({
    Name: container.request.name,
    IPv4Address: `${address}/16`,
    IPv6Address: '',
    MacAddress: '',
  });
  return {
    Name: name,
    Id: id,
    Created: createdAt.toISOString(),
    Scope: 'local',
    Driver: 'bridge',
    EnableIPv6: false,
    IPAM: { Driver: 'default', Options: null, Config: [] },
    Internal: false,
    Attachable: false,
    Ingress: false,
    ConfigOnly: false,
    Containers: Object.fromEntries(running.map(([one, { address }]) => [one.id, endpoint(one, address)])),
    Options: {},
    Labels: labels,
  };
}

function portMap(container: Container): Record<string, { HostIp: string; HostPort: string }[] | null> {
  const exposed = container.request.exposed.map((port) => [`${port}/tcp`, null] as const);
  const published = container.ports.map(
    ({ port, hostPort }) =>
      [`${port}/tcp`, [{ HostIp: '', HostPort: String(hostPort) }]] as [string, { HostIp: string; HostPort: string }[]],
  );
  return Object.fromEntries([...exposed, ...published]);
}
