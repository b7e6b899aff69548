-- What each month cost, by runner, machine size and price: the sums of cost_day, with the same columns and the exact
-- amount as a text beside them.
CREATE VIEW cost_month AS
WITH
summed AS (
  SELECT
    month, source, runner, runner_external_id, instance_type, price_second, price_assumed, currency, runner_id,
    CAST(sum(runs) AS BIGINT) AS runs,
    CAST(sum(unpriced_runs) AS BIGINT) AS unpriced_runs,
    CAST(sum(billed_milliseconds) AS BIGINT) AS billed,
    CAST(sum(cost_units) AS BIGINT) AS units,
    CAST(sum(cost_nanos) AS BIGINT) AS nanos,
    CAST(sum(cost_zeptos) AS BIGINT) AS zeptos
  FROM cost_day
  GROUP BY
    month, source, runner, runner_external_id, instance_type, price_second, price_assumed, currency, runner_id
),
-- What the sums of the smaller parts carry over.
small AS (
  SELECT
    month, source, runner, runner_external_id, instance_type, price_second, price_assumed, currency, runner_id, runs,
    unpriced_runs, billed, units, zeptos % 1000000000000 AS zeptos,
    nanos + CAST((zeptos - zeptos % 1000000000000) / 1000000000000 AS BIGINT) AS nanos
  FROM summed
),
carried AS (
  SELECT
    month, source, runner, runner_external_id, instance_type, price_second, price_assumed, currency, runner_id, runs,
    unpriced_runs, billed, zeptos, nanos % 1000000000 AS nanos,
    units + CAST((nanos - nanos % 1000000000) / 1000000000 AS BIGINT) AS units
  FROM small
)
SELECT
  month,
  source,
  runner,
  runner_external_id,
  instance_type,
  price_second,
  price_assumed,
  runs,
  unpriced_runs,
  billed / 1000.0 AS billed_seconds,
  billed AS billed_milliseconds,
  currency,
  units + nanos / 1000000000.0 + zeptos / 1e21 AS cost,
  rtrim(
    rtrim(units || '.' || substr('00000000' || nanos, -9) || substr('00000000000' || zeptos, -12), '0'), '.'
  ) AS cost_exact,
  units AS cost_units,
  nanos AS cost_nanos,
  zeptos AS cost_zeptos,
  runner_id
FROM carried;
