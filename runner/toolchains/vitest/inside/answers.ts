import type { WorkerGlobalState } from 'vitest';

type Rpc = WorkerGlobalState['rpc'];

/** What Vitest's worker asks its main process, as plain functions: nothing has to be sent anywhere here. */
export type Answers = { [Name in keyof Rpc]: (...args: Parameters<Rpc[Name]>) => ReturnType<Rpc[Name]> };
