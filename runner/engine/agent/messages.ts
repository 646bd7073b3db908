/** What the runner and the agent in a service container say to each other: one JSON value a line on the control socket. */

/** Runner to agent. */
export type AgentCommand =
  /** Unpack a tar archive into a folder, before anything is started. */
  | { op: 'unpack'; from: string; to: string }
  /** Start the container's main process. Its output is the agent's own. */
  | { op: 'start'; argv: string[]; env: Record<string, string>; cwd: string }
  /**
   * Start another process; its output comes over stream `id`: in Docker's multiplexed framing, or `raw`, standard output
   * alone and as it is. With `input`, what comes over the stream is its standard input.
   */
  | { op: 'exec'; id: number; argv: string[]; env: Record<string, string>; cwd: string; input: boolean; raw: boolean }
  | { op: 'signal'; signal: string }
  /** Know these names, and listen where the ports of other containers are to be reached. Replaces what was said before. */
  | { op: 'network'; hosts: { address: string; names: string[] }[]; doors: Door[]; watch: boolean }
  /** Connect to a port in the container and carry it over stream `id`. */
  | { op: 'connect'; id: number; port: number };

/** Agent to runner. The agent shares its sandbox with untrusted processes, so this is checked like any input. */
export type AgentEvent =
  | { event: 'unpacked'; ok: boolean }
  | { event: 'exited'; code: number }
  | { event: 'exec-exited'; id: number; code: number }
  | { event: 'refused'; id: number }
  /** The ports on which the container's own processes listen now, while they are watched. */
  | { event: 'listening'; ports: number[] };

/** An address of this container's loopback that stands for another container, and the ports that are open there. */
export type Door = { address: string; ports: number[] };

/**
 * Where the agent connects for each stream. The first line it sends there is the stream's id; or, where a process of the
 * container has come through a door, `address:port` of that door.
 */
export const streamsSocket = '/run/boundary/streams.sock';
