import { arch, cpus, totalmem } from 'node:os';
import { type Route, sendJson } from './call.ts';

/** The Engine API version spoken; testcontainers-go refuses below 1.40. */
const apiVersion = '1.44';
const engineVersion = '25.0.0';
const architecture = arch() === 'arm64' ? 'aarch64' : 'x86_64';
const operatingSystem = 'Boundary sandbox';

export const systemRoutes: Route[] = [
  { method: 'GET', path: /^\/_ping$/, handle: ({ response }) => void response.writeHead(200, pingHeaders()).end('OK') },
  { method: 'HEAD', path: /^\/_ping$/, handle: ({ response }) => void response.writeHead(200, pingHeaders()).end() },
  {
    method: 'GET',
    path: /^\/version$/,
    handle: ({ response }) =>
      sendJson(response, 200, {
        Platform: { Name: operatingSystem },
        Version: engineVersion,
        ApiVersion: apiVersion,
        MinAPIVersion: '1.24',
        Os: 'linux',
        Arch: architecture === 'aarch64' ? 'arm64' : 'amd64',
        KernelVersion: '',
        Components: [],
      }),
  },
  {
    method: 'GET',
    path: /^\/info$/,
    handle: ({ engine, response }) => {
      const containers = engine.containers();
      const running = containers.filter(({ status }) => status === 'running').length;
      sendJson(response, 200, {
        ID: 'boundary',
        Name: 'boundary',
        ServerVersion: engineVersion,
        OperatingSystem: operatingSystem,
        OSType: 'linux',
        Architecture: architecture,
        NCPU: cpus().length,
        MemTotal: totalmem(),
        Driver: 'tmpfs',
        IndexServerAddress: 'https://index.docker.io/v1/',
        Runtimes: {},
        Labels: [],
        Containers: containers.length,
        ContainersRunning: running,
        ContainersStopped: containers.length - running,
        ContainersPaused: 0,
        Images: 0,
      });
    },
  },
];

function pingHeaders(): Record<string, string> {
  return { 'Api-Version': apiVersion, Ostype: 'linux', 'Content-Type': 'text/plain; charset=utf-8' };
}
