-- Runs that are not finished, and until when each is known to have been open: until its list was last read, or until it
-- vanished from that list. A run that does not say when it started counts as begun when it was created.
CREATE VIEW open_run AS
SELECT
  run.run_id, run.runner_id, run.started_at, coalesce(run.started_at, run.created_at) AS began_at,
  coalesce(run.missing_since, run_list_read.read_at) AS read_at
FROM run INDEXED BY run_open
LEFT JOIN run_list_read USING (runner_id)
WHERE run.ended_at IS NULL;
