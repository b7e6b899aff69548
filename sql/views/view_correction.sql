-- What changed in closed months after their closing, and the month that it counts in: the one whose closing wrote it
-- down, or the first that is not closed.
CREATE VIEW correction AS
SELECT
  closed_with AS discovered, month, runner_id, instance_type_id, source, runner, runner_external_id, instance_type,
  price_second, currency, assumed, outcome, runs, timed_runs, runtime, billed
FROM closed_line
WHERE closed_with <> month
UNION ALL
SELECT
  (SELECT strftime('%Y-%m', max(end_day) * 86400, 'unixepoch') FROM closed_month),
  month, runner_id, instance_type_id, source, runner, runner_external_id, instance_type,
  price_second, currency, assumed, outcome, runs, timed_runs, runtime, billed
FROM pending_correction;
