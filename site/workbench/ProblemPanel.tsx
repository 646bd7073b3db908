import type { Connection } from './event-stream.ts';
import type { ProblemReport } from './problem-report.ts';

type Props = { problem: ProblemReport; connection: Connection | null; onReconnect(): void; onDismiss(): void };

/** What happened, why, and what to do now. */
export function ProblemPanel({ problem, connection, onReconnect, onDismiss }: Props) {
  return (
    <div className="wb-problem" role="alert" data-testid="problem">
      <h3>{problem.title}</h3>
      <p>{problem.what}</p>
      {problem.details.length > 0 && (
        <ul>
          {problem.details.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path && <code>{path}</code>} {message}
            </li>
          ))}
        </ul>
      )}
      <p className="wb-todo">{problem.todo}</p>
      <div className="wb-actions">
        {connection?.state === 'lost' && (
          <button type="button" className="button" onClick={onReconnect}>
            Reconnect
          </button>
        )}
        <button type="button" className="button button-plain" onClick={onDismiss}>
          Dismiss
        </button>
        {problem.code && <a href={`/docs/errors/#${problem.code}`}>About “{problem.code}”</a>}
      </div>
    </div>
  );
}
