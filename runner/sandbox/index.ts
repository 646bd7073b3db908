/** The sandbox's public face: other parts import from here only. */
export type { ReadOnlyMount, SandboxSpec } from './bubblewrap.ts';
export { controlGroupFolders, sweepControlGroups } from './cgroup.ts';
export { compileCacheMount, compileCacheVariables, makeCompileCache } from './compile-cache.ts';
export { testContainment } from './containment.ts';
export { readFrames } from './frames.ts';
export { closeInherited } from './inherited-descriptors.ts';
export type { SandboxLimits } from './limits.ts';
export { cgroupMount, dividedGroup, ownGroup, runnerLeaf } from './own-group.ts';
export { reportCleanup } from './report-cleanup.ts';
export { liveSandboxes, Sandbox, type SandboxExit } from './sandbox.ts';
export { WarmPool } from './warm-pool.ts';
