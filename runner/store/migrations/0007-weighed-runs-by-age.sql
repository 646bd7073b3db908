-- The sweep adds up what runs take up from the newest on: from the index alone, without reading the runs themselves.
drop index boundary.runs_finished;
create index runs_finished on boundary.runs (finished_at) include (bytes) where state = 'finished';
