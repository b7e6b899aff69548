-- What open runs of the selected runners add to the days: each counts once, where it started, or now if it has not;
-- and what it took so far, as far as it is known, cut at days and prices.
CREATE TEMP VIEW IF NOT EXISTS open_line AS
WITH opening AS (
  SELECT
    open_run.runner_id, open_run.started_at, open_run.accrued_until,
    coalesce(open_run.started_at, (SELECT as_of FROM selected_period WHERE period = 'asked')) AS counted_at
  FROM open_run
  JOIN selected_runner USING (runner_id)
)
SELECT
  local_day(counted_at) AS day, runner_id, instance_type_at(runner_id, counted_at) AS instance_type_id,
  price_at(runner_id, counted_at) AS price_id, price_assumed_at(runner_id, counted_at) AS assumed,
  1 AS open_runs, 0 AS accrued
FROM opening
UNION ALL
SELECT slice.day, opening.runner_id, slice.instance_type_id, slice.price_id, slice.assumed, 0, slice.billed
FROM opening
JOIN slices(opening.runner_id, opening.started_at, opening.accrued_until) AS slice
WHERE opening.started_at < opening.accrued_until;
