/**
 * Tells of something that could not be given back. Nobody waits for it and the run that it was for has its verdict, but
 * who keeps the runner has to know.
 */
export function reportCleanup(error: unknown): void {
  console.error(
    `Boundary could not clean up after a sandbox: ${error instanceof Error ? error.message : String(error)}`,
  );
}
