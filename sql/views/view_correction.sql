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
  (
    SELECT
      CASE
        WHEN substr(max(month), 6, 2) = '12' THEN (CAST(substr(max(month), 1, 4) AS BIGINT) + 1) || '-01'
        ELSE substr(max(month), 1, 5) || substr('0' || (CAST(substr(max(month), 6, 2) AS BIGINT) + 1), -2)
      END
    FROM closed_month
  ),
  month, runner_id, instance_type_id, source, runner, runner_external_id, instance_type,
  price_second, currency, assumed, outcome, runs, timed_runs, runtime, billed
FROM pending_correction;
