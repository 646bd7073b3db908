-- Runs and their events, and the processes that grade them. The queue itself is the job library's, in its own schema.

-- One row a grading process. A process that stops refreshing `seen_at` has lost its lease, and its runs are done again.
create table boundary.workers (
  id uuid primary key,
  -- The job library's name for this process's share of the queue: what it signs its locks with.
  pool text not null unique,
  -- Runs that it grades at once.
  capacity int not null check (capacity > 0),
  -- Boot and pid namespace, process number and start time: enough for a neighbour to see that the process is gone.
  space text not null,
  pid int not null,
  pid_started text not null,
  seen_at timestamptz not null default now()
);

create table boundary.runs (
  id uuid primary key,
  -- Who may see it: the learner of the cookie, or whoever holds the key of which this is the SHA-256.
  learner_id uuid not null,
  key_hash bytea not null,
  -- Who is counted: the learner, or the address of one who keeps no cookie.
  share text not null,
  exercise text not null,
  language text not null,
  files jsonb not null,
  only_test text,
  state text not null default 'queued' check (state in ('queued', 'running', 'finished')),
  outcome text,
  verdict jsonb,
  -- Lower starts first: how many unfinished runs the share had when this one came.
  priority smallint not null,
  -- Queued runs that start before this one, as last told to its reader.
  position int,
  -- Rises with every take-over; a write that names an older attempt changes nothing.
  attempt int not null default 0,
  -- Attempts that ended because their worker was lost.
  losses int not null default 0,
  last_seq int not null default 0,
  worker_id uuid references boundary.workers on delete set null,
  cancel_requested boolean not null default false,
  accepted_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  check ((state = 'finished') = (outcome is not null)),
  check ((state = 'finished') = (finished_at is not null))
);

create index runs_queued on boundary.runs (priority, accepted_at, id) where state = 'queued';
create index runs_unfinished_by_share on boundary.runs (share) where state <> 'finished';
create index runs_running on boundary.runs (worker_id) where state = 'running';
create index runs_finished on boundary.runs (finished_at) where state = 'finished';

create table boundary.events (
  run_id uuid not null references boundary.runs on delete cascade,
  seq int not null,
  at timestamptz not null default clock_timestamp(),
  body jsonb not null,
  primary key (run_id, seq)
);

-- Append-only: an event that a reader has seen never changes, so a reader may resume from any of them.
create function boundary.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'events are append-only';
end;
$$;

create trigger events_append_only before update on boundary.events
  for each row execute function boundary.refuse_change();
