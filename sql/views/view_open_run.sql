-- Runs that are not finished, and how far each is known to have gone on: one that vanished, not past that. A run that says
-- nothing of its start began, for all that is known, when it was created.
CREATE VIEW open_run AS
SELECT
  run.run_id, run.runner_id, run.started_at, coalesce(run.started_at, run.created_at) AS began_at,
  coalesce(run.missing_since, run_list_read.read_at) AS read_at
FROM run INDEXED BY run_open
LEFT JOIN run_list_read USING (runner_id)
WHERE run.ended_at IS NULL;
