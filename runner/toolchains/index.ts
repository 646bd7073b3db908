/** The toolchains' public face: other parts import from here only. */
export { bundleProgram, LearnerSandbox, learnerProgram } from './vitest/learner-sandbox.ts';
export type { Failure, HostMessage, Round } from './vitest/messages.ts';
