import type { Container } from '../container.ts';
import { bridgeId } from './networks.ts';

const never = '0001-01-01T00:00:00Z';

/** What `inspect` answers: the fields that clients read, each in the type that strict ones decode. */
export function describeContainer(container: Container): Record<string, unknown> {
  const { request, health } = container;
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
      Hostname: 'boundary',
      User: '',
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
    HostConfig: { NetworkMode: 'bridge', AutoRemove: request.autoRemove, PortBindings: ports },
    NetworkSettings: {
      Ports: ports,
      IPAddress: '',
      Networks: { bridge: { NetworkID: bridgeId, IPAddress: '', Aliases: [] } },
    },
    Mounts: [],
  };
}

/** One row of `GET /containers/json`. */
export function summariseContainer(container: Container): Record<string, unknown> {
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
    NetworkSettings: { Networks: { bridge: { NetworkID: bridgeId, IPAddress: '' } } },
    Mounts: [],
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
