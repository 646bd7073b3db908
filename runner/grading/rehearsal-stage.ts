import { Engine, type ImageCatalogue, ServicePool, serveGateway } from '../engine/index.ts';
import type { SandboxLimits } from '../sandbox/index.ts';
import type { LearnerSandbox } from '../toolchains/index.ts';

/**
 * An engine for a sandbox that rehearses, of the very kind that it will test against: what its clients have done once they
 * do in a third of the time. Nothing of it is left when it is disposed of, and the sandbox's gateway and ports are free again.
 */
export function openStage(learner: LearnerSandbox, images: ImageCatalogue, limits: SandboxLimits): AsyncDisposable {
  const engine = new Engine({
    resolveImage: images.resolve,
    offered: images.offered,
    limits,
    maxContainers: 1,
    // Not one of the spares: those are for runs.
    services: new ServicePool(0, limits),
    ports: learner.ports,
    onNotice: () => undefined,
    // Its clients meet it as an error, and the sandbox tells of that.
    onFault: () => undefined,
  });
  const close = serveGateway(learner.gateway, engine);
  return {
    async [Symbol.asyncDispose]() {
      close();
      await engine[Symbol.asyncDispose]();
    },
  };
}
