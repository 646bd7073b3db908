/** The append-only log of events: written under a fencing number, read after a sequence number. */
import type { EventBody, RunEvent } from '../protocol.ts';
import type { Queryable } from './transaction.ts';

/** PostgreSQL's channel on which a run's id is announced when it has new events. */
export const eventsChannel = 'boundary_events';

/**
 * Appends events of one attempt, in order, and announces them. Returns whether the attempt may still write: `false`
 * means that the run was ended, taken over or put back, and nothing was stored.
 */
export async function appendEvents(
  db: Queryable,
  runId: string,
  attempt: number,
  bodies: readonly EventBody[],
): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'append-events',
    // The update locks the run’s row, so numbers rise without gaps, and its condition is the fence.
    text: `with fenced as (
       update boundary.runs set last_seq = last_seq + $3
        where id = $1 and attempt = $2 and state = 'running'
        returning id, last_seq - $3 as before
     ), appended as (
       insert into boundary.events (run_id, seq, body)
       select fenced.id, fenced.before + item.place, item.body
         from fenced, jsonb_array_elements($4::jsonb) with ordinality as item(body, place)
     )
     select pg_notify('${eventsChannel}', id::text) from fenced`,
    values: [runId, attempt, bodies.length, JSON.stringify(bodies)],
  });
  return rowCount === 1;
}

/** Events after `after`, oldest first, at most `limit`. */
export async function readEvents(db: Queryable, runId: string, after: number, limit: number): Promise<RunEvent[]> {
  const { rows } = await db.query<{ seq: number; at: Date; body: EventBody }>({
    name: 'read-events',
    text: 'select seq, at, body from boundary.events where run_id = $1 and seq > $2 order by seq limit $3',
    values: [runId, after, limit],
  });
  return rows.map(({ seq, at, body }) => ({ seq, at: at.toISOString(), ...body }));
}
