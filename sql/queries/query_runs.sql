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
UPDATE run SET missing_since = NULL WHERE run_id = :run_id;

-- name: select_present_run_count
-- Runs of a runner that are not missing, counted in two indexes.
SELECT
  (SELECT count(*) FROM run INDEXED BY run_by_end WHERE runner_id = :runner_id)
  - (SELECT count(*) FROM run INDEXED BY run_missing WHERE runner_id = :runner_id AND missing_since IS NOT NULL);

-- name: select_present_runs
SELECT run_id FROM run INDEXED BY run_by_end WHERE runner_id = :runner_id AND missing_since IS NULL;

-- name: update_run_missing
UPDATE run SET missing_since = :missing_since WHERE run_id = :run_id;

-- name: select_finished_runs
SELECT runner_id, outcome, created_at, started_at, ended_at FROM run WHERE ended_at IS NOT NULL;

-- name: select_finished_runs_since
-- Runs that a change from an instant on may touch, and so also a run of no length that ended at that instant.
SELECT runner_id, outcome, created_at, started_at, ended_at
FROM run
WHERE runner_id = :runner_id AND ended_at >= :since;

-- name: add_to_tally
INSERT INTO run_day (
  day, runner_id, instance_type_id, price_id, assumed, outcome,
  runs, timed_runs, runtime, queued_runs, queue, billed
) VALUES (
  :day, :runner_id, :instance_type_id, :price_id, :assumed, :outcome,
  :runs, :timed_runs, :runtime, :queued_runs, :queue, :billed
)
ON CONFLICT DO UPDATE SET
  runs = runs + excluded.runs,
  timed_runs = timed_runs + excluded.timed_runs,
  runtime = runtime + excluded.runtime,
  queued_runs = queued_runs + excluded.queued_runs,
  queue = queue + excluded.queue,
  billed = billed + excluded.billed;

-- name: delete_empty_tally
-- A line that a changed run left behind.
DELETE FROM run_day
WHERE day = :day AND runner_id = :runner_id AND instance_type_id = :instance_type_id AND price_id = :price_id
  AND assumed = :assumed AND outcome = :outcome
  AND runs = 0 AND timed_runs = 0 AND runtime = 0 AND queued_runs = 0 AND queue = 0 AND billed = 0;

-- name: delete_tally
DELETE FROM main.run_day;

-- name: select_tally
SELECT day, runner_id, instance_type_id, price_id, assumed, outcome,
  runs, timed_runs, runtime, queued_runs, queue, billed
FROM run_day
ORDER BY day, runner_id, instance_type_id, price_id, assumed, outcome;

-- name: select_times
SELECT runtimes, queues
FROM run_day_times
WHERE runner_id = :runner_id AND day = :day AND instance_type_id = :instance_type_id AND outcome = :outcome;

-- name: save_times
INSERT INTO run_day_times (runner_id, day, instance_type_id, outcome, runtimes, queues)
VALUES (:runner_id, :day, :instance_type_id, :outcome, :runtimes, :queues)
ON CONFLICT DO UPDATE SET runtimes = excluded.runtimes, queues = excluded.queues;

-- name: delete_times
DELETE FROM run_day_times
WHERE runner_id = :runner_id AND day = :day AND instance_type_id = :instance_type_id AND outcome = :outcome;

-- name: delete_all_times
DELETE FROM main.run_day_times;

-- name: select_all_times
SELECT runner_id, day, instance_type_id, outcome, runtimes, queues FROM run_day_times;
