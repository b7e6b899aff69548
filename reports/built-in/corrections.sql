/*
title: Corrections
question: What changed in closed months, and which month does it count in?
description: What a closed month would cost now less what it was closed with. A correction counts in the month whose closing writes it down; until then, in the first month that is not closed.
schema_version: 2
parameters: [period, source, runner, group-by]
default_period: all
prints_closings: true
group_by: {default: runner, values: [none, source, runner, instance-type, label], most: 2, alone: [none]}
empty: "Nothing that was learned later changes a closed month."
columns:
  - {name: month, type: month, description: "The closed month that it is about."}
  - {name: discovered, type: month, description: "The month that it counts in; the period chooses these."}
  - {name: source, type: word, by: [source, runner], description: "The configured account."}
  - {name: runner, type: text, by: [runner], description: "The runner's name when the correction was written down; until then, its newest."}
  - {name: runner_id, type: word, by: [runner], description: "The vendor's id of the runner."}
  - {name: instance_type, type: text, by: [runner, instance-type], description: "The machine size; null where the API names none."}
  - {name: price_second, type: price, title: price/s, by: [runner], description: "The price of one second; null for what is unpriced."}
  - {name: price_assumed, type: flag, title: assumed, by: [runner], description: "Whether that price is taken from a neighbouring sight."}
  - {name: runs, type: integer, description: "Finished runs that came, less those that went."}
  - {name: runtime_seconds, type: seconds, title: runtime, description: "The same of their runtimes."}
  - {name: billed_seconds, type: seconds, title: billed, description: "Billed time now, less that of the closing and of earlier corrections; may be below 0."}
  - {name: cost, type: money, description: "billed_seconds times the price, exactly; null where nothing of it is priced."}
  - {name: wasted_cost, type: money, title: wasted, description: "The same of failures, errors, timeouts and cancellations."}
  - {name: unpriced_runs, type: integer, title: unpriced, description: "Runs without any price that came, less those that went."}
  - {name: currency, type: word, description: "ISO 4217 code."}
  - {name: label, type: text, by: [label], description: "The value of the label that is grouped by, null for runners without it. The column is called as the label's key."}
  - {name: second_label, type: text, by: [second-label], description: "The same of a second label."}
sort: [discovered, month, source, runner, runner_id, instance_type, label, second_label, price_second, price_assumed, currency]
totals: [runs, runtime_seconds, billed_seconds, cost, wasted_cost, unpriced_runs]
rounding: true
layout:
  - {column: label, missing: none}
  - {column: second_label, missing: none}
  - runner
  - month
  - {column: cost, missing: unpriced}
  - {column: wasted_cost, hide: zero}
  - currency
  - discovered
  - runs
  - billed_seconds
  - {column: instance_type, missing: none}
  - {column: price_second, missing: unpriced}
  - {column: price_assumed, hide: zero}
  - {column: unpriced_runs, hide: zero}
  - source
filled_by: "A correction is here when what is learned after runtally close changes what a closed month would cost."
*/
WITH
-- One sum per price, so that every product is exact; each with what it is grouped by.
priced AS (
  SELECT
    correction.discovered, correction.month,
    CASE WHEN :by_source OR :by_runner THEN correction.source END AS source,
    CASE WHEN :by_runner THEN correction.runner END AS runner,
    CASE WHEN :by_runner THEN correction.runner_external_id END AS runner_id,
    CASE WHEN :by_runner OR :by_instance_type THEN correction.instance_type END AS instance_type,
    CASE WHEN :by_runner THEN correction.price_second END AS price_second,
    CASE WHEN :by_runner THEN correction.assumed END AS price_assumed,
    CASE WHEN :by_label THEN selected_runner.label END AS label,
    CASE WHEN :by_second_label THEN selected_runner.second_label END AS second_label,
    CASE WHEN :by_runner THEN correction.runner_id END AS place,
    correction.price_second AS price,
    correction.currency,
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
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
),
summed AS (
  SELECT
    month, discovered, source, runner, runner_id, instance_type, price_second, price_assumed, label, second_label,
    currency,
    sum(runs) AS runs,
    sum(runtime) AS runtime,
    sum(billed) AS billed,
    sum(wasted) AS wasted,
    cost_sum(billed, price) AS cost,
    cost_sum(wasted, price) AS wasted_cost,
    sum(unpriced_runs) AS unpriced_runs
  FROM priced
  WHERE runs <> 0 OR runtime <> 0 OR billed <> 0 OR wasted <> 0 OR unpriced_runs <> 0
  GROUP BY discovered, month, source, runner, runner_id, instance_type, price_second, price_assumed, label,
    second_label, place, currency
)
SELECT
  month,
  discovered,
  source,
  runner,
  runner_id,
  instance_type,
  price_second,
  price_assumed,
  runs,
  runtime AS runtime_seconds,
  billed AS billed_seconds,
  cost,
  wasted_cost,
  unpriced_runs,
  currency,
  label,
  second_label,
  billed AS cost_time,
  wasted AS wasted_cost_time
FROM summed
ORDER BY
  discovered, month, source, runner, runner_id, instance_type, label, second_label, price_second COLLATE DECIMAL,
  price_assumed, currency;
