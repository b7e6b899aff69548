-- The newest run of each selected runner that finished before the period's end; nulls where there is none.
CREATE TEMP VIEW IF NOT EXISTS latest_run AS
SELECT
  selected_runner.runner_id, run.run_id, run.external_id, run.status, run.outcome, run.exit_code, run.created_at,
  run.started_at, run.ended_at
FROM selected_runner
LEFT JOIN run ON run.run_id = (
  SELECT run.run_id
  FROM run
  WHERE run.runner_id = selected_runner.runner_id
    AND run.ended_at < (SELECT day_start(to_day) FROM selected_period WHERE period = 'asked')
  ORDER BY run.ended_at DESC, run.run_id DESC
  LIMIT 1
);
