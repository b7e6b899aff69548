-- What has changed in closed months and is not in any closing yet: the tally as it is now, less all lines written so far.
CREATE VIEW pending_correction AS
WITH tallied AS (
  SELECT
    closed_month.month, run_month.runner_id, run_month.instance_type_id, run_month.price_id, run_month.assumed,
    run_month.outcome, run_month.runs, run_month.timed_runs, run_month.runtime, run_month.billed
  FROM closed_month
  CROSS JOIN run_month
  WHERE run_month.month = closed_month.first_day
),
line AS (
  SELECT
    tallied.month, tallied.runner_id, tallied.instance_type_id, price.price_second,
    coalesce(price.currency, runner_detail.currency) AS currency, tallied.assumed, tallied.outcome,
    tallied.runs, tallied.timed_runs, tallied.runtime, tallied.billed
  FROM tallied
  JOIN price ON price.price_id = tallied.price_id
  JOIN runner_detail ON runner_detail.runner_id = tallied.runner_id
  UNION ALL
  SELECT
    month, runner_id, instance_type_id, price_second, currency, assumed, outcome, -runs, -timed_runs, -runtime, -billed
  FROM closed_line
),
changed AS (
  SELECT
    month, runner_id, instance_type_id, price_second, currency, assumed, outcome,
    sum(runs) AS runs, sum(timed_runs) AS timed_runs, sum(runtime) AS runtime, sum(billed) AS billed
  FROM line
  GROUP BY month, runner_id, instance_type_id, price_second, currency, assumed, outcome
  HAVING sum(runs) <> 0 OR sum(timed_runs) <> 0 OR sum(runtime) <> 0 OR sum(billed) <> 0
)
SELECT
  changed.month,
  changed.runner_id,
  changed.instance_type_id,
  runner_detail.source,
  runner_detail.runner,
  runner_detail.runner_external_id,
  coalesce(instance_type.slug, instance_type.name) AS instance_type,
  changed.price_second,
  changed.currency,
  changed.assumed,
  changed.outcome,
  changed.runs,
  changed.timed_runs,
  changed.runtime,
  changed.billed
FROM changed
JOIN runner_detail ON runner_detail.runner_id = changed.runner_id
JOIN instance_type ON instance_type.instance_type_id = changed.instance_type_id;
