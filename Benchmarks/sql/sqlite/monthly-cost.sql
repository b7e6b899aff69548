-- Cost per month and runner from the ledger's runs, without its tally. The index run_by_end answers all of it.
WITH RECURSIVE
month (from_day) AS (
  SELECT '$from'
  UNION ALL
  SELECT date(from_day, '+1 month') FROM month WHERE date(from_day, '+1 month') < '$to'
),
period AS MATERIALIZED (
  SELECT
    strftime('%Y-%m', from_day) AS month,
    strftime('%s', from_day) * 1000 AS from_at,
    strftime('%s', from_day, '+1 month') * 1000 AS to_at
  FROM month
),
setting AS MATERIALIZED (
  SELECT runner.runner_id, runner_detail.instance_type, price.price_second
  FROM runner
  JOIN runner_detail USING (runner_id)
  JOIN runner_version USING (runner_id)
  JOIN price ON price.instance_type_id = runner_version.instance_type_id
),
part AS (
  -- Where a run ended it is counted, with the time that it spent in that month.
  SELECT
    period.month,
    run.runner_id,
    run.outcome,
    1 AS runs,
    max(0, run.ended_at - run.started_at) AS runtime,
    max(0, run.ended_at - max(run.started_at, period.from_at)) AS billed
  FROM runner
  CROSS JOIN period
  JOIN run
    ON run.runner_id = runner.runner_id
    AND run.ended_at >= period.from_at AND run.ended_at < period.to_at
  UNION ALL
  -- Time in a month that the run did not end in.
  SELECT
    period.month,
    run.runner_id,
    run.outcome,
    0 AS runs,
    0 AS runtime,
    period.to_at - max(run.started_at, period.from_at) AS billed
  FROM runner
  CROSS JOIN period
  JOIN run
    ON run.runner_id = runner.runner_id
    AND run.ended_at >= period.to_at AND run.started_at < period.to_at
),
summed AS (
  SELECT
    month,
    runner_id,
    sum(runs) AS runs,
    sum(runtime) AS runtime,
    sum(billed) AS billed,
    sum(billed) FILTER (WHERE outcome IN (3, 4, 5)) AS wasted
  FROM part
  GROUP BY month, runner_id
)
SELECT
  summed.month,
  runner_detail.runner,
  runner_detail.runner_external_id AS runner_id,
  setting.instance_type,
  setting.price_second,
  summed.runs,
  decimal_mul(coalesce(summed.runtime, 0), '0.001') AS runtime_seconds,
  decimal_mul(coalesce(summed.billed, 0), '0.001') AS billed_seconds,
  decimal_mul(decimal_mul(coalesce(summed.billed, 0), '0.001'), setting.price_second) AS cost,
  decimal_mul(decimal_mul(coalesce(summed.wasted, 0), '0.001'), setting.price_second) AS wasted_cost
FROM summed
JOIN runner_detail USING (runner_id)
JOIN setting USING (runner_id)
ORDER BY summed.month, runner_detail.runner, runner_detail.runner_external_id;
