-- What each day cost, by runner, machine size and price: finished runs on the day they finished, billed time on the day
-- it was consumed.
--
-- The figures are those of now. Where a month is closed, the reports print what its closing wrote down, and what changed
-- since stands in correction. An amount is cost_units + cost_nanos / 10^9 + cost_zeptos / 10^21, in whole numbers, so that
-- each of the three may be summed by itself and nothing is lost; cost is the same as a number for charts. All of them are
-- NULL where there is no price.
CREATE VIEW cost_day AS
WITH
tallied AS (
  SELECT
    run_day.day, run_day.runner_id, run_day.instance_type_id, run_day.assumed, price.price_second,
    coalesce(price.currency, source.currency) AS currency,
    CAST(sum(run_day.runs) AS BIGINT) AS runs,
    CAST(sum(run_day.billed) AS BIGINT) AS billed,
    CAST(sum(CASE WHEN run_day.price_id = 0 THEN run_day.timed_runs ELSE 0 END) AS BIGINT) AS unpriced_runs
  FROM run_day
  JOIN price ON price.price_id = run_day.price_id
  JOIN runner ON runner.runner_id = run_day.runner_id
  JOIN source ON source.source_id = runner.source_id
  GROUP BY
    run_day.day, run_day.runner_id, run_day.instance_type_id, run_day.assumed, price.price_second,
    coalesce(price.currency, source.currency)
),
-- The price as its whole part and three times six decimals: products of them and a day's time are whole numbers of 64
-- bits.
point AS (
  SELECT price_id, price_second, instr(price_second || '.', '.') AS point
  FROM price
),
digits AS (
  SELECT
    price_second,
    max(CAST(substr(price_second, 1, point - 1) AS BIGINT)) AS whole,
    max(substr(substr(price_second, point + 1) || '000000000000000000', 1, 18)) AS decimals
  FROM point
  WHERE price_id <> 0
  GROUP BY price_second
),
-- The smallest part first, with what it carries over into the next. What is left above all of them is thousandths,
-- because time is in milliseconds.
smallest AS (
  SELECT tallied.*, digits.whole, digits.decimals, billed * CAST(substr(decimals, 13, 6) AS BIGINT) AS product
  FROM tallied
  LEFT JOIN digits ON digits.price_second = tallied.price_second
),
middle AS (
  SELECT
    day, runner_id, instance_type_id, assumed, price_second, currency, runs, billed, unpriced_runs, whole, decimals,
    product % 1000000 AS rest,
    billed * CAST(substr(decimals, 7, 6) AS BIGINT) + CAST((product - product % 1000000) / 1000000 AS BIGINT) AS product
  FROM smallest
),
largest AS (
  SELECT
    day, runner_id, instance_type_id, assumed, price_second, currency, runs, billed, unpriced_runs, whole,
    product % 1000000 * 1000000 + rest AS zeptos,
    billed * CAST(substr(decimals, 1, 6) AS BIGINT) + CAST((product - product % 1000000) / 1000000 AS BIGINT) AS product
  FROM middle
),
thousandths AS (
  SELECT
    day, runner_id, instance_type_id, assumed, price_second, currency, runs, billed, unpriced_runs, zeptos,
    product % 1000000 AS rest,
    billed * whole + CAST((product - product % 1000000) / 1000000 AS BIGINT) AS thousandths
  FROM largest
),
parts AS (
  SELECT
    day, runner_id, instance_type_id, assumed, price_second, currency, runs, billed, unpriced_runs, zeptos,
    thousandths % 1000 * 1000000 + rest AS nanos,
    CAST((thousandths - thousandths % 1000) / 1000 AS BIGINT) AS units
  FROM thousandths
)
SELECT
  tally_day.month,
  tally_day.date,
  runner_detail.source,
  runner_detail.runner,
  runner_detail.runner_external_id,
  coalesce(instance_type.slug, instance_type.name) AS instance_type,
  parts.price_second,
  parts.assumed AS price_assumed,
  parts.runs,
  parts.unpriced_runs,
  parts.billed / 1000.0 AS billed_seconds,
  parts.billed AS billed_milliseconds,
  parts.currency,
  parts.units + parts.nanos / 1000000000.0 + parts.zeptos / 1e21 AS cost,
  parts.units AS cost_units,
  parts.nanos AS cost_nanos,
  parts.zeptos AS cost_zeptos,
  parts.runner_id
FROM parts
JOIN tally_day ON tally_day.day = parts.day
JOIN runner_detail ON runner_detail.runner_id = parts.runner_id
JOIN instance_type ON instance_type.instance_type_id = parts.instance_type_id;
