-- The lines of these months, of the selected runners, as they were closed.
CREATE TEMP VIEW IF NOT EXISTS printed_line AS
SELECT
  printed_month.period, closed_line.month, closed_line.runner_id, closed_line.instance_type_id, closed_line.source,
  closed_line.runner, closed_line.runner_external_id, closed_line.instance_type, closed_line.price_second,
  closed_line.currency, closed_line.assumed, closed_line.outcome, closed_line.runs, closed_line.timed_runs,
  closed_line.runtime, closed_line.billed
FROM printed_month
-- CROSS keeps the order: each month's lines, not all that were ever closed.
CROSS JOIN closed_line ON closed_line.month = printed_month.month AND closed_line.closed_with = printed_month.month
JOIN selected_runner USING (runner_id);
