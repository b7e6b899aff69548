-- Runs that a vendor lists under another runner than before.

-- name: select_source_has_runs
SELECT EXISTS (
  SELECT 1
  FROM runner
  CROSS JOIN run ON run.runner_id = runner.runner_id
  WHERE runner.source_id = :source_id
);

-- name: select_runs_of_id
-- Runs of an id under the other runners of a source.
SELECT run.run_id
FROM runner
CROSS JOIN run ON run.runner_id = runner.runner_id AND run.external_id = :external_id
WHERE runner.source_id = :source_id AND run.run_id <> :run_id;

-- name: select_run_by_id
SELECT
  run_id, runner_id, external_id, status, outcome, outcome_inferred, exit_code, created_at, started_at, completed_at,
  updated_at, ended_at, missing_since, sequence
FROM run
WHERE run_id = :run_id;

-- name: delete_run
DELETE FROM run WHERE run_id = :run_id;

-- name: update_run_runner
UPDATE run SET runner_id = :runner_id, missing_since = NULL, missing_by = NULL WHERE run_id = :run_id;
