-- The lines of the tally that a period is made of, of the selected runners, each from the coarsest level that answers the
-- report: what tally_stretch names. A line has the day it is of, of a month its first day. Where a source is one line
-- whatever the runner, runner_id is NULL. is_printed: its month is printed as it was closed.
CREATE TEMP VIEW IF NOT EXISTS tally AS
-- All runners of a month or a day stand one after another.
SELECT
  tally_stretch.period, tally_stretch.month, tally_stretch.is_printed, run_month.month AS day, selected_runner.source_id,
  run_month.runner_id, run_month.instance_type_id, run_month.price_id, run_month.assumed, run_month.outcome,
  run_month.runs, run_month.timed_runs, run_month.runtime, run_month.queued_runs, run_month.queue, run_month.billed
FROM tally_stretch
CROSS JOIN run_month ON run_month.month = tally_stretch.from_day
CROSS JOIN selected_runner ON selected_runner.runner_id = run_month.runner_id
WHERE tally_stretch.level = 'month'
UNION ALL
SELECT
  tally_stretch.period, tally_stretch.month, tally_stretch.is_printed, run_day.day, selected_runner.source_id,
  run_day.runner_id, run_day.instance_type_id, run_day.price_id, run_day.assumed, run_day.outcome,
  run_day.runs, run_day.timed_runs, run_day.runtime, run_day.queued_runs, run_day.queue, run_day.billed
FROM tally_stretch
CROSS JOIN run_day ON run_day.day >= tally_stretch.from_day AND run_day.day < tally_stretch.to_day
CROSS JOIN selected_runner ON selected_runner.runner_id = run_day.runner_id
WHERE tally_stretch.level = 'day'
UNION ALL
-- A few of many runners are looked up one by one.
SELECT
  tally_stretch.period, tally_stretch.month, tally_stretch.is_printed, run_month.month, selected_runner.source_id,
  run_month.runner_id, run_month.instance_type_id, run_month.price_id, run_month.assumed, run_month.outcome,
  run_month.runs, run_month.timed_runs, run_month.runtime, run_month.queued_runs, run_month.queue, run_month.billed
FROM tally_stretch
CROSS JOIN selected_runner
CROSS JOIN run_month
  ON run_month.month = tally_stretch.from_day AND run_month.runner_id = selected_runner.runner_id
WHERE tally_stretch.level = 'runner-month'
UNION ALL
SELECT
  tally_stretch.period, tally_stretch.month, tally_stretch.is_printed, run_day.day, selected_runner.source_id,
  run_day.runner_id, run_day.instance_type_id, run_day.price_id, run_day.assumed, run_day.outcome,
  run_day.runs, run_day.timed_runs, run_day.runtime, run_day.queued_runs, run_day.queue, run_day.billed
FROM tally_stretch
CROSS JOIN selected_runner
CROSS JOIN run_day ON run_day.day = tally_stretch.from_day AND run_day.runner_id = selected_runner.runner_id
WHERE tally_stretch.level = 'runner-day'
UNION ALL
SELECT
  tally_stretch.period, tally_stretch.month, tally_stretch.is_printed, source_day.day, source_day.source_id,
  NULL, source_day.instance_type_id, source_day.price_id, source_day.assumed, source_day.outcome,
  source_day.runs, source_day.timed_runs, source_day.runtime, source_day.queued_runs, source_day.queue,
  source_day.billed
FROM tally_stretch
CROSS JOIN source_day ON source_day.day >= tally_stretch.from_day AND source_day.day < tally_stretch.to_day
CROSS JOIN selected_source ON selected_source.source_id = source_day.source_id
WHERE tally_stretch.level = 'source-day'
UNION ALL
SELECT
  tally_stretch.period, tally_stretch.month, tally_stretch.is_printed, source_month.month, source_month.source_id,
  NULL, source_month.instance_type_id, source_month.price_id, source_month.assumed, source_month.outcome,
  source_month.runs, source_month.timed_runs, source_month.runtime, source_month.queued_runs, source_month.queue,
  source_month.billed
FROM tally_stretch
CROSS JOIN source_month ON source_month.month = tally_stretch.from_day
CROSS JOIN selected_source ON selected_source.source_id = source_month.source_id
WHERE tally_stretch.level = 'source-month';
