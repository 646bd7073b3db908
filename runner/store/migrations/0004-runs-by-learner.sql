-- A learner's earlier runs of one exercise, the newest first.
create index runs_by_learner on boundary.runs (learner_id, exercise, accepted_at desc);
