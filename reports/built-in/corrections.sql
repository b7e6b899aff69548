/*
title: Corrections
question: What changed in closed months, and which month does it count in?
description: What a closed month would cost now less what it was closed with. A correction counts in the month whose closing writes it down; until then, in the first month that is not closed.
schema_version: 2
parameters: [period, source, runner]
default_period: all
prints_closings: true
columns:
  - {name: month, type: month, description: "The closed month that it is about."}
  - {name: discovered, type: month, description: "The month that it counts in; the period chooses these."}
  - {name: source, type: word, description: "The configured account."}
  - {name: runner, type: text, description: "The runner's name when the correction was written down; until then, its newest."}
  - {name: runner_id, type: word, description: "The vendor's id of the runner."}
  - {name: instance_type, type: text, description: "The machine size; null where the API names none."}
  - {name: price_second, type: price, title: price/s, description: "The price of one second; null for what is unpriced."}
  - {name: price_assumed, type: flag, title: assumed, description: "Whether that price is taken from a neighbouring sight."}
  - {name: runs, type: integer, description: "Finished runs that came, less those that went."}
  - {name: runtime_seconds, type: seconds, title: runtime, description: "The same of their runtimes."}
  - {name: billed_seconds, type: seconds, title: billed, description: "Billed time now, less that of the closing and of earlier corrections; may be below 0."}
  - {name: cost, type: money, description: "billed_seconds times price_second, exactly; null where it is unpriced."}
  - {name: wasted_cost, type: money, title: wasted, description: "The same of failures, errors, timeouts and cancellations."}
  - {name: unpriced_runs, type: integer, title: unpriced, description: "Runs without any price that came, less those that went."}
  - {name: currency, type: word, description: "ISO 4217 code."}
sort: [discovered, month, source, runner, runner_id, instance_type, price_second, price_assumed, currency]
totals: [runs, runtime_seconds, billed_seconds, cost, wasted_cost, unpriced_runs]
rounding: true
layout: [discovered, month, source, runner, instance_type, price_second, price_assumed, runs, billed_seconds, cost, {column: wasted_cost, hide: zero}, {column: unpriced_runs, hide: zero}, currency]
*/
WITH summed AS (
  SELECT
    correction.discovered, correction.month, correction.source, correction.runner, correction.runner_external_id,
    correction.instance_type, correction.price_second, correction.assumed, correction.currency,
    sum(correction.runs) AS runs,
    sum(correction.runtime) AS runtime,
    sum(correction.billed) AS billed,
    sum(correction.billed * outcome.is_wasted) AS wasted,
    sum(CASE WHEN correction.price_second IS NULL THEN correction.timed_runs ELSE 0 END) AS unpriced_runs
  FROM correction
  JOIN selected_runner USING (runner_id)
  JOIN outcome USING (outcome)
  WHERE month_start(correction.discovered) >= :from_day
    AND month_start(correction.discovered) < :to_day
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, correction.runner_id
)
SELECT
  month,
  discovered,
  source,
  runner,
  runner_external_id AS runner_id,
  instance_type,
  price_second,
  assumed AS price_assumed,
  runs,
  runtime AS runtime_seconds,
  billed AS billed_seconds,
  CASE billed WHEN 0 THEN '0' ELSE cost(billed, price_second) END AS cost,
  CASE wasted WHEN 0 THEN '0' ELSE cost(wasted, price_second) END AS wasted_cost,
  unpriced_runs,
  currency
FROM summed
WHERE runs <> 0 OR runtime <> 0 OR billed <> 0 OR wasted <> 0 OR unpriced_runs <> 0
ORDER BY
  discovered, month, source, runner, runner_id, instance_type, price_second COLLATE DECIMAL, price_assumed, currency;
