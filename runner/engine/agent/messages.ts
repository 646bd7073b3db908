/** What the runner and the agent in a service container say to each other: one JSON value a line on the control socket. */

/** Runner to agent. */
export type AgentCommand =
  /** Copy a folder, sparse files as such, before anything is started. */
  | { op: 'copy'; from: string; to: string }
  /** Start the container's main process. Its output is the agent's own. */
  | { op: 'start'; argv: string[]; env: Record<string, string>; cwd: string }
  /**
   * Start another process; its output comes over stream `id`: in Docker's multiplexed framing, or `raw`, standard output
   * alone and as it is. With `input`, what comes over the stream is its standard input.
   */
  | { op: 'exec'; id: number; argv: string[]; env: Record<string, string>; cwd: string; input: boolean; raw: boolean }
  | { op: 'signal'; signal: string }
  /** Connect to a port in the container and carry it over stream `id`. */
  | { op: 'connect'; id: number; port: number };

/** Agent to runner. The agent shares its sandbox with untrusted processes, so this is checked like any input. */
export type AgentEvent =
  | { event: 'copied'; ok: boolean }
  | { event: 'exited'; code: number }
  | { event: 'exec-exited'; id: number; code: number }
  | { event: 'refused'; id: number };

/** Where the agent connects for each stream; the first line it sends there is the stream's id. */
export const streamsSocket = '/run/boundary/streams.sock';
