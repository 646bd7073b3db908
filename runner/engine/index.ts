/** The engine's public face: other parts import from here only. */
export { agentProgram } from './agent/launch.ts';
export { type Daemon, findDaemon, scopeLabel, sweepDaemon } from './docker/daemon.ts';
export { DockerEngine } from './docker/docker-engine.ts';
export { Pulls } from './docker/pulls.ts';
export { type ContainerNotice, Engine } from './engine.ts';
export { serveGateway } from './gateway/gateway.ts';
export { type ImageCatalogue, installedImages, openImageCatalogue, ryukAlone } from './image-catalogue.ts';
export { PortPool } from './ports.ts';
export { ServicePool } from './service-pool.ts';
