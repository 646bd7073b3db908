-- What a learner's browser remembers of the course, kept here as well: it outlives a browser that forgets.

create table boundary.progress (
  -- The learner of the cookie.
  learner_id uuid not null,
  -- What it is about, such as read:first-container.
  key text not null,
  -- As the browser keeps it; null where it was taken back, which an older copy must not undo.
  value text,
  -- When a browser of the learner's changed it. The newest wins.
  changed_at timestamptz not null,
  primary key (learner_id, key)
);
