-- What open runs of the selected runners add to the days: a row where each starts to count, which is where it started,
-- or now if it has not; and a row for each slice of what it used so far, as far as that is known. A run counts wherever it
-- has a row, so that counts and times speak of the same runs.
CREATE TEMP VIEW IF NOT EXISTS open_line AS
WITH opening AS (
  SELECT
    open_run.run_id, open_run.runner_id, open_run.started_at, open_run.accrued_until,
    coalesce(open_run.started_at, (SELECT as_of FROM selected_period WHERE period = 'asked')) AS counted_at
  FROM open_run
  JOIN selected_runner USING (runner_id)
)
SELECT
  run_id, local_day(counted_at) AS day, runner_id, instance_type_at(runner_id, counted_at) AS instance_type_id,
  price_at(runner_id, counted_at) AS price_id, price_assumed_at(runner_id, counted_at) AS assumed, 0 AS accrued
FROM opening
UNION ALL
SELECT
  opening.run_id, slice.day, opening.runner_id, slice.instance_type_id, slice.price_id, slice.assumed, slice.billed
FROM opening
JOIN slices(opening.runner_id, opening.started_at, opening.accrued_until) AS slice
WHERE opening.started_at < opening.accrued_until;
