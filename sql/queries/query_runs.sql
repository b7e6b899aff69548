-- Runs and the tally of finished ones.

-- name: select_run
SELECT run_id, status, outcome, outcome_inferred, exit_code, created_at, started_at, completed_at, updated_at,
  ended_at, missing_since, sequence
FROM run
WHERE runner_id = :runner_id AND external_id = :external_id;

-- name: insert_run
INSERT INTO run (
  runner_id, external_id, status, outcome, outcome_inferred, exit_code,
  created_at, started_at, completed_at, updated_at, ended_at, sequence
) VALUES (
  :runner_id, :external_id, :status, :outcome, :outcome_inferred, :exit_code,
  :created_at, :started_at, :completed_at, :updated_at, :ended_at, :sequence
);

-- name: insert_run_version
-- Keeps the state that is about to be replaced.
INSERT INTO run_version (
  run_id, status, outcome, outcome_inferred, exit_code,
  created_at, started_at, completed_at, updated_at, ended_at, sequence, replaced_by
)
SELECT
  run_id, status, outcome, outcome_inferred, exit_code,
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

-- name: create_seen_run
-- The runs of the lists that are being read; kept on disk when it grows, so that a list may have any length.
CREATE TEMP TABLE IF NOT EXISTS seen_run (
  runner_id INTEGER NOT NULL,
  run_id    INTEGER NOT NULL,
  PRIMARY KEY (runner_id, run_id)
) WITHOUT ROWID;

-- name: insert_seen_run
INSERT OR IGNORE INTO seen_run (runner_id, run_id) VALUES (:runner_id, :run_id);

-- name: update_runs_missing
UPDATE run
SET missing_since = :missing_since
WHERE runner_id = :runner_id
  AND missing_since IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM seen_run WHERE seen_run.runner_id = run.runner_id AND seen_run.run_id = run.run_id
  );

-- name: delete_seen_runs_of_source
-- What a visit that was given up left behind.
DELETE FROM seen_run WHERE runner_id IN (SELECT runner_id FROM runner WHERE source_id = :source_id);

-- name: delete_seen_runs
DELETE FROM seen_run WHERE runner_id = :runner_id;

-- name: select_finished_runs
SELECT runner_id, outcome, created_at, started_at, ended_at FROM run WHERE ended_at IS NOT NULL;

-- name: select_finished_runs_since
-- Those that a change of what holds since an instant may touch: also one without length that ended right there.
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
