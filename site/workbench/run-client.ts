/** The requests that the workbench makes. A refusal or a dead runner is thrown as {@link RequestRefused}. */
import type { Accepted, Readiness, RunSummary, Submission, SubmittedFiles } from '../../runner/protocol.ts';
import { type ProblemReport, reportFrom, unreachable } from './problem-report.ts';

export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly report: ProblemReport;
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  constructor(report: ProblemReport, status: number) {
    super(report.title);
    this.report = report;
    this.status = status;
  }
}

export async function submitRun(submission: Submission): Promise<Accepted> {
  const response = await request('/api/runs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(submission),
  });
  return (await response.json()) as Accepted;
}

export async function cancelRun({ id, key }: { id: string; key: string }): Promise<void> {
  await request(`/api/runs/${encodeURIComponent(id)}/cancel`, { method: 'POST', headers: bearer(key) });
}

/** Whether the runner still has this run and lets us see it. */
export async function runExists({ id, key }: { id: string; key: string }): Promise<boolean> {
  try {
    const response = await request(`/api/runs/${encodeURIComponent(id)}`, { headers: bearer(key) });
    // Until its body is read, an answer keeps its connection.
    await response.text();
    return true;
  } catch (error) {
    if (error instanceof RequestRefused && error.status === 404) return false;
    throw error;
  }
}

/** This browser’s earlier runs of an exercise, the newest first. */
export async function listRuns(slug: string): Promise<RunSummary[]> {
  const response = await request(`/api/exercises/${encodeURIComponent(slug)}/runs`, {});
  return (await response.json()) as RunSummary[];
}

/** What an earlier run was submitted with. */
export async function readFiles(id: string): Promise<SubmittedFiles['files']> {
  const response = await request(`/api/runs/${encodeURIComponent(id)}/files`, {});
  return ((await response.json()) as SubmittedFiles).files;
}

/** `/readyz` answers 503 with the same body where the runner cannot execute anything. */
export async function readReadiness(): Promise<Readiness | null> {
  try {
    const response = await fetch('/readyz', { headers: { accept: 'application/json' } });
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null && Array.isArray((body as Readiness).notices)
      ? (body as Readiness)
      : null;
  } catch {
    return null;
  }
}

async function request(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
  } catch {
    throw new RequestRefused(unreachable, 0);
  }
  if (response.ok) return response;
  const body: unknown = await response.json().catch(() => null);
  throw new RequestRefused(reportFrom(response.status, body, response.headers.get('retry-after')), response.status);
}

function bearer(key: string): Record<string, string> {
  // Earlier runs are found by the cookie alone.
  if (key === '') return {};
  return { authorization: `Bearer ${key}` };
}
