-- From which address a run came, as a keyed hash, so that one address cannot fill the queue under many names.
-- Null for the machine itself, and for runs from before.
alter table boundary.runs add column address text;
create index runs_unfinished_by_address on boundary.runs (address) where state <> 'finished';
