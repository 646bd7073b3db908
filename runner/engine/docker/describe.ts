import type Docker from 'dockerode';
import { ownLabels } from './create-body.ts';
import type { DockerContainer } from './docker-container.ts';
import type { DockerEngine } from './docker-engine.ts';

type Bindings = Record<string, { HostIp: string; HostPort: string }[] | null>;

/** What `inspect` says to the client: chosen fields of the daemon's answer, with the learner's ports and names. */
export function describe(engine: DockerEngine, container: DockerContainer, info: Docker.ContainerInspectInfo): unknown {
  const { Config, State, Created, Path, Args, Image, NetworkSettings } = info;
  const ports = portMap(container, Object.keys(Config.ExposedPorts ?? {}));
  const networks = Object.entries(NetworkSettings.Networks).map(([name, network]) => {
    const known = engine.networks.find(network.NetworkID);
    const { IPAddress, Gateway, MacAddress } = network;
    const endpoint = { NetworkID: network.NetworkID, IPAddress, Gateway, MacAddress, Aliases: network.Aliases ?? [] };
    return [known?.name ?? (name.endsWith('.usual') ? 'bridge' : name), endpoint] as const;
  });
  return {
    Id: container.id,
    Name: `/${container.name}`,
    Created,
    Path,
    Args,
    Image,
    State: { ...State, Pid: State.Running ? 1 : 0 },
    Config: {
      Hostname: Config.Hostname,
      User: Config.User,
      Tty: Config.Tty,
      OpenStdin: Config.OpenStdin,
      Image: container.reference,
      Env: Config.Env,
      Cmd: Config.Cmd,
      Entrypoint: Config.Entrypoint,
      Labels: ownLabels(Config.Labels),
      ExposedPorts: Config.ExposedPorts,
      WorkingDir: Config.WorkingDir,
    },
    HostConfig: {
      NetworkMode: networks[0]?.[0] ?? 'bridge',
      AutoRemove: container.autoRemove,
      // Only what was asked for: clients wait until each port that is named here is published.
      PortBindings: Object.fromEntries(
        container.publishes.map((port) => [`${port}/tcp`, [{ HostIp: '', HostPort: '' }]]),
      ),
      Memory: container.quota.memory,
      NanoCpus: container.quota.nanoCpus,
      LogConfig: { Type: 'json-file', Config: {} },
      Privileged: false,
      SecurityOpt: ['no-new-privileges'],
      CapDrop: ['ALL'],
    },
    NetworkSettings: {
      Ports: ports,
      IPAddress: networks[0]?.[1].IPAddress ?? '',
      Networks: Object.fromEntries(networks),
    },
    Mounts: [],
  };
}

/** What an image's inspect says: chosen fields, without the daemon's own folders. */
export function describeImage(info: Docker.ImageInspectInfo): unknown {
  const { Id, RepoTags, RepoDigests, Created, Architecture, Os, Size, Config } = info;
  const { Env, Entrypoint, Cmd, ExposedPorts, WorkingDir, User, Labels } = Config;
  return {
    Id,
    RepoTags,
    RepoDigests,
    Created,
    Architecture,
    Os,
    Size,
    Config: { Env, Entrypoint, Cmd, ExposedPorts, WorkingDir, User, Labels },
  };
}

/** One row of the list of containers. */
export function summarise(container: DockerContainer, row: Docker.ContainerInfo): unknown {
  return {
    Id: container.id,
    Names: [`/${container.name}`],
    Image: container.reference,
    ImageID: row.ImageID,
    Command: row.Command,
    Created: row.Created,
    State: row.State,
    Status: row.Status,
    Labels: ownLabels(row.Labels),
    Ports: container.ports.map(({ port, hostPort }) => ({
      IP: '',
      PrivatePort: port,
      PublicPort: hostPort,
      Type: 'tcp',
    })),
    NetworkSettings: { Networks: {} },
    Mounts: [],
  };
}

function portMap(container: DockerContainer, exposed: readonly string[]): Bindings {
  const ports: Bindings = Object.fromEntries(exposed.map((port) => [port, null]));
  for (const { port, hostPort } of container.ports) ports[`${port}/tcp`] = [{ HostIp: '', HostPort: String(hostPort) }];
  return ports;
}
