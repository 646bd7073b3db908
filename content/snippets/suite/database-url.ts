// #region require
/** The address of the test database. On a build server, its absence is an error and no reason to skip. */
export function databaseUrl(env: Record<string, string | undefined>): string | undefined {
  const url = env.TEST_DATABASE_URL;
  if (url === undefined && env.CI) {
    throw new Error(
      'TEST_DATABASE_URL is not set, so no integration test would run. Set it in the job, or drop the job.',
    );
  }
  return url;
}
// #endregion require
