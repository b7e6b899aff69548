-- Runs and the tally of finished ones.

-- name: select_run
SELECT run_id, runner_id, external_id, status, outcome, outcome_inferred, exit_code, created_at, started_at,
  completed_at, updated_at, ended_at, missing_since, sequence
FROM run
WHERE runner_id = :runner_id AND external_id = :external_id;

-- name: select_runs_from
-- A run, and all that came after it.
SELECT run_id, runner_id, external_id, status, outcome, outcome_inferred, exit_code, created_at, started_at,
  completed_at, updated_at, ended_at, missing_since, sequence
FROM run
WHERE run_id >= :run_id
ORDER BY run_id;

-- name: select_has_runs
SELECT EXISTS (SELECT 1 FROM run WHERE runner_id = :runner_id);

-- name: insert_incoming_runs
-- A run that is there already is left as it is. Where a constraint does not hold, the whole transaction is rolled back:
-- to roll back this statement alone, SQLite would have to keep a copy of every page that it changes.
INSERT OR ROLLBACK INTO run (
  runner_id, external_id, status, outcome, outcome_inferred, exit_code,
  created_at, started_at, completed_at, updated_at, ended_at, sequence
)
SELECT
  :runner_id, external_id, status, outcome, outcome_inferred, exit_code,
  created_at, started_at, completed_at, updated_at, ended_at, :sequence
FROM incoming_run(:runs)
WHERE true
ON CONFLICT (runner_id, external_id) DO NOTHING;

-- name: insert_run_version
-- Keeps the state that is about to be replaced.
INSERT INTO run_version (
  run_id, runner_id, status, outcome, outcome_inferred, exit_code,
  created_at, started_at, completed_at, updated_at, ended_at, sequence, replaced_by
)
SELECT
  run_id, runner_id, status, outcome, outcome_inferred, exit_code,
  created_at, started_at, completed_at, updated_at, ended_at, sequence, :replaced_by
FROM run
WHERE run_id = :run_id;

-- name: update_run
UPDATE run
SET status = :status, outcome = :outcome, outcome_inferred = :outcome_inferred, exit_code = :exit_code,
  created_at = :created_at, started_at = :started_at, completed_at = :completed_at, updated_at = :updated_at,
  ended_at = :ended_at, sequence = :sequence
WHERE run_id = :run_id;

-- name: update_run_found
UPDATE run SET missing_since = NULL, missing_by = NULL WHERE run_id = :run_id;

-- name: select_present_run_count
-- Runs of a runner that are not missing, counted in two indexes.
SELECT
  (SELECT count(*) FROM run INDEXED BY run_by_end WHERE runner_id = :runner_id)
  - (SELECT count(*) FROM run INDEXED BY run_missing WHERE runner_id = :runner_id AND missing_since IS NOT NULL);

-- name: select_present_runs
SELECT run_id FROM run INDEXED BY run_by_end WHERE runner_id = :runner_id AND missing_since IS NULL;

-- name: update_run_missing
UPDATE run SET missing_since = :missing_since, missing_by = :sequence WHERE run_id = :run_id;

-- name: select_finished_runs
SELECT runner_id, outcome, created_at, started_at, ended_at FROM run WHERE ended_at IS NOT NULL;

-- name: select_finished_runs_since
-- Runs that a change from an instant on may touch, and so also a run of no length that ended at that instant.
SELECT runner_id, outcome, created_at, started_at, ended_at
FROM run
WHERE runner_id = :runner_id AND ended_at >= :since;
