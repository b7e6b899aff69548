-- The tally on its levels, and the packed times on their two. Parameters stand in the order of the columns.

-- name: select_source_of_runner
SELECT source_id FROM runner WHERE runner_id = :runner_id;

-- name: add_to_tally
-- By day and runner.
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
SELECT
  day, runner_id AS owner_id, instance_type_id, price_id, assumed, outcome,
  runs, timed_runs, runtime, queued_runs, queue, billed
FROM run_day
ORDER BY day, runner_id, instance_type_id, price_id, assumed, outcome;

-- name: add_to_month_tally
-- By month and runner.
INSERT INTO run_month (
  month, runner_id, instance_type_id, price_id, assumed, outcome,
  runs, timed_runs, runtime, queued_runs, queue, billed
) VALUES (
  :month, :runner_id, :instance_type_id, :price_id, :assumed, :outcome,
  :runs, :timed_runs, :runtime, :queued_runs, :queue, :billed
)
ON CONFLICT DO UPDATE SET
  runs = runs + excluded.runs,
  timed_runs = timed_runs + excluded.timed_runs,
  runtime = runtime + excluded.runtime,
  queued_runs = queued_runs + excluded.queued_runs,
  queue = queue + excluded.queue,
  billed = billed + excluded.billed;

-- name: delete_empty_month_tally
-- A line that a changed run left behind.
DELETE FROM run_month
WHERE month = :month AND runner_id = :runner_id AND instance_type_id = :instance_type_id AND price_id = :price_id
  AND assumed = :assumed AND outcome = :outcome
  AND runs = 0 AND timed_runs = 0 AND runtime = 0 AND queued_runs = 0 AND queue = 0 AND billed = 0;

-- name: delete_month_tally
DELETE FROM main.run_month;

-- name: select_month_tally
SELECT
  month AS day, runner_id AS owner_id, instance_type_id, price_id, assumed, outcome,
  runs, timed_runs, runtime, queued_runs, queue, billed
FROM run_month
ORDER BY month, runner_id, instance_type_id, price_id, assumed, outcome;

-- name: add_to_source_tally
-- By day and source.
INSERT INTO source_day (
  day, source_id, instance_type_id, price_id, assumed, outcome,
  runs, timed_runs, runtime, queued_runs, queue, billed
) VALUES (
  :day, :source_id, :instance_type_id, :price_id, :assumed, :outcome,
  :runs, :timed_runs, :runtime, :queued_runs, :queue, :billed
)
ON CONFLICT DO UPDATE SET
  runs = runs + excluded.runs,
  timed_runs = timed_runs + excluded.timed_runs,
  runtime = runtime + excluded.runtime,
  queued_runs = queued_runs + excluded.queued_runs,
  queue = queue + excluded.queue,
  billed = billed + excluded.billed;

-- name: delete_empty_source_tally
-- A line that a changed run left behind.
DELETE FROM source_day
WHERE day = :day AND source_id = :source_id AND instance_type_id = :instance_type_id AND price_id = :price_id
  AND assumed = :assumed AND outcome = :outcome
  AND runs = 0 AND timed_runs = 0 AND runtime = 0 AND queued_runs = 0 AND queue = 0 AND billed = 0;

-- name: delete_source_tally
DELETE FROM main.source_day;

-- name: select_source_tally
SELECT
  day, source_id AS owner_id, instance_type_id, price_id, assumed, outcome,
  runs, timed_runs, runtime, queued_runs, queue, billed
FROM source_day
ORDER BY day, source_id, instance_type_id, price_id, assumed, outcome;

-- name: add_to_source_month_tally
-- By month and source.
INSERT INTO source_month (
  month, source_id, instance_type_id, price_id, assumed, outcome,
  runs, timed_runs, runtime, queued_runs, queue, billed
) VALUES (
  :month, :source_id, :instance_type_id, :price_id, :assumed, :outcome,
  :runs, :timed_runs, :runtime, :queued_runs, :queue, :billed
)
ON CONFLICT DO UPDATE SET
  runs = runs + excluded.runs,
  timed_runs = timed_runs + excluded.timed_runs,
  runtime = runtime + excluded.runtime,
  queued_runs = queued_runs + excluded.queued_runs,
  queue = queue + excluded.queue,
  billed = billed + excluded.billed;

-- name: delete_empty_source_month_tally
-- A line that a changed run left behind.
DELETE FROM source_month
WHERE month = :month AND source_id = :source_id AND instance_type_id = :instance_type_id AND price_id = :price_id
  AND assumed = :assumed AND outcome = :outcome
  AND runs = 0 AND timed_runs = 0 AND runtime = 0 AND queued_runs = 0 AND queue = 0 AND billed = 0;

-- name: delete_source_month_tally
DELETE FROM main.source_month;

-- name: select_source_month_tally
SELECT
  month AS day, source_id AS owner_id, instance_type_id, price_id, assumed, outcome,
  runs, timed_runs, runtime, queued_runs, queue, billed
FROM source_month
ORDER BY month, source_id, instance_type_id, price_id, assumed, outcome;

-- name: select_times
-- By day.
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

-- name: select_month_times
-- By month.
SELECT runtimes, queues
FROM run_month_times
WHERE runner_id = :runner_id AND month = :month AND instance_type_id = :instance_type_id AND outcome = :outcome;

-- name: save_month_times
INSERT INTO run_month_times (runner_id, month, instance_type_id, outcome, runtimes, queues)
VALUES (:runner_id, :month, :instance_type_id, :outcome, :runtimes, :queues)
ON CONFLICT DO UPDATE SET runtimes = excluded.runtimes, queues = excluded.queues;

-- name: delete_month_times
DELETE FROM run_month_times
WHERE runner_id = :runner_id AND month = :month AND instance_type_id = :instance_type_id AND outcome = :outcome;

-- name: delete_all_month_times
DELETE FROM main.run_month_times;

-- name: select_all_month_times
SELECT runner_id, month AS day, instance_type_id, outcome, runtimes, queues FROM run_month_times;
