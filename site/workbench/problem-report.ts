/** Something that went wrong outside the tests, in words for the person at the workbench. */
export type ProblemReport = {
  title: string;
  what: string;
  todo: string;
  /** What exactly the runner objected to, where it says. */
  details: readonly { path: string; message: string }[];
  code: string | null;
};

export const unreachable: ProblemReport = {
  title: 'The runner does not answer',
  what: 'The request did not reach it: it may be stopped, restarting, or out of the network’s reach.',
  todo: 'Check that “npm start” is still running, then try again. Your edits are kept in this browser.',
  details: [],
  code: null,
};

export const lostConnection: ProblemReport = {
  title: 'The connection to the run was lost',
  what: 'Several attempts to reconnect failed. The run itself may well be going on.',
  todo: 'Press “Reconnect”: the results continue where they stopped. Your edits are safe.',
  details: [],
  code: null,
};

/** Turns the answer to a refused request into words. `body` is whatever JSON came, if any. */
export function reportFrom(status: number, body: unknown, retryAfter: string | null): ProblemReport {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (value: unknown, otherwise: string) => (typeof value === 'string' && value !== '' ? value : otherwise);
  return {
    title: text(problem.title, `The runner answered with status ${status}`),
    what: text(problem.detail, 'It gave no reason.'),
    todo: todo(status, retryAfter),
    details: detailsOf(problem.errors),
    code: typeof problem.code === 'string' ? problem.code : null,
  };
}

function todo(status: number, retryAfter: string | null): string {
  if (status === 404)
    return 'Reload this page: the runner may have been updated since you opened it. Your edits are safe.';
  if (status === 413) return 'Make the file smaller, then run again. Nothing was run.';
  if (status === 422) return 'Mend what is listed, then run again. Nothing was run.';
  if (status === 429) {
    const seconds = Number(retryAfter);
    const wait = Number.isFinite(seconds) && seconds > 0 ? `${Math.ceil(seconds)} s` : 'a little';
    return `Wait ${wait}, then run again. Your edits are safe.`;
  }
  if (status >= 500)
    return 'This is the runner’s fault, not yours. Try again; if it stays, see its log. Your edits are safe.';
  return 'Try again. Your edits are safe.';
}

function detailsOf(errors: unknown): ProblemReport['details'] {
  if (!Array.isArray(errors)) return [];
  return errors.slice(0, 20).flatMap((error: unknown) => {
    if (typeof error !== 'object' || error === null) return [];
    const { path, message } = error as Record<string, unknown>;
    return typeof message === 'string' ? [{ path: typeof path === 'string' ? path : '', message }] : [];
  });
}
