-- The packed times that a period is made of, of the selected runners, runner by runner, also where a source is
-- one line of the tally: of whole months where the report has them, else of days.
CREATE TEMP VIEW IF NOT EXISTS tally_times AS
-- CROSS keeps the order: each runner's stretch of the table, not the whole of it.
SELECT
  tally_stretch.period, selected_runner.runner_id, run_month_times.instance_type_id, run_month_times.outcome,
  run_month_times.runtimes, run_month_times.queues
FROM selected_runner
CROSS JOIN tally_stretch
CROSS JOIN run_month_times
  ON run_month_times.runner_id = selected_runner.runner_id AND run_month_times.month = tally_stretch.from_day
WHERE tally_stretch.level IN ('month', 'runner-month', 'source-month')
UNION ALL
SELECT
  tally_stretch.period, selected_runner.runner_id, run_day_times.instance_type_id, run_day_times.outcome,
  run_day_times.runtimes, run_day_times.queues
FROM selected_runner
CROSS JOIN tally_stretch
CROSS JOIN run_day_times
  ON run_day_times.runner_id = selected_runner.runner_id
  AND run_day_times.day >= tally_stretch.from_day AND run_day_times.day < tally_stretch.to_day
WHERE tally_stretch.level IN ('day', 'runner-day', 'source-day');
