-- What a run takes up with its events, so that the oldest can be deleted when all together are too much. Weighed once,
-- after its end, by the sweep; null until then.
alter table boundary.runs add column bytes bigint;
create index runs_unweighed on boundary.runs (id) where state = 'finished' and bytes is null;
