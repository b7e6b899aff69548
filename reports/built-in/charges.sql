/*
title: Charges
question: Which run cost what on which day, and at which price?
description: One row per slice, the part of a finished run that falls on one local day at one price; grouped, one row per day. For every period, filter and group the rows add up exactly to monthly-cost.
schema_version: 2
parameters: [period, source, runner, group-by]
default_period: last-month
group_by: {default: run, values: [run, source, runner, instance-type, label], most: 2, alone: [run]}
columns:
  - {name: month, type: month, description: "The local month of the day."}
  - {name: day, type: day, description: "The local day."}
  - {name: source, type: word, by: [run, source, runner], description: "The configured account."}
  - {name: runner, type: text, by: [run, runner], description: "The runner's newest name."}
  - {name: runner_id, type: word, by: [run, runner], description: "The vendor's id of the runner."}
  - {name: run_id, type: word, by: [run], description: "The vendor's id of the run."}
  - {name: outcome, type: word, by: [run], description: "What became of the run."}
  - {name: instance_type, type: text, by: [run, runner, instance-type], description: "The machine size that the runner had when the run started."}
  - {name: price_second, type: price, title: price/s, by: [run, runner], description: "The price of one second; null for what is unpriced."}
  - {name: price_assumed, type: flag, title: assumed, by: [run, runner], description: "Whether the price is taken from a neighbouring sight."}
  - {name: from_at, type: instant, title: from, by: [run], description: "Where the slice begins."}
  - {name: to_at, type: instant, title: to, by: [run], description: "Where it ends, exclusive."}
  - {name: billed_seconds, type: seconds, title: billed, description: "The slice's length, and on a run's last slice what the billing rule adds; grouped, their sum."}
  - {name: cost, type: money, description: "billed_seconds times the price, exactly; null where nothing of it is priced."}
  - {name: currency, type: word, description: "ISO 4217 code."}
  - {name: label, type: text, by: [label], description: "The value of the label that is grouped by, null for runners without it. The column is called as the label's key."}
  - {name: second_label, type: text, by: [second-label], description: "The same of a second label."}
sort: [day, source, runner, runner_id, from_at, run_id, instance_type, label, second_label, price_second, price_assumed, currency]
totals: [billed_seconds, cost]
formats: [focus, focus-1.2]
layout:
  - {column: label, missing: none}
  - {column: second_label, missing: none}
  - runner
  - day
  - run_id
  - outcome
  - {column: cost, missing: unpriced}
  - currency
  - billed_seconds
  - {column: instance_type, missing: none}
  - {column: price_second, missing: unpriced}
  - {column: price_assumed, hide: zero}
  - from_at
  - source
filled_by: "Time that finished runs used in the period is charged here."
*/
WITH
-- Every finished run that may reach into the period.
candidate AS (
  SELECT run.run_id, run.runner_id, run.external_id, run.outcome, run.started_at, run.ended_at
  FROM selected_runner
  -- CROSS keeps the order: each runner's stretch of the index, not the whole of it.
  CROSS JOIN run USING (runner_id)
  WHERE :by_run
    AND run.ended_at >= :from_at AND run.started_at IS NOT NULL AND min(run.started_at, run.ended_at) < :to_at
),
-- The same time from the tally, each with what it is grouped by.
tallied AS (
  SELECT
    run_day.day,
    CASE WHEN :by_source OR :by_runner THEN selected_runner.source END AS source,
    CASE WHEN :by_runner THEN selected_runner.runner END AS runner,
    CASE WHEN :by_runner THEN selected_runner.runner_external_id END AS runner_id,
    CASE WHEN :by_runner OR :by_instance_type THEN coalesce(instance_type.slug, instance_type.name) END AS instance_type,
    CASE WHEN :by_runner THEN runner_price.price_second END AS price_second,
    CASE WHEN :by_runner THEN run_day.assumed END AS price_assumed,
    CASE WHEN :by_label THEN selected_runner.label END AS label,
    CASE WHEN :by_second_label THEN selected_runner.second_label END AS second_label,
    runner_price.price_second AS price,
    runner_price.currency,
    run_day.billed
  FROM run_day
  JOIN selected_runner USING (runner_id)
  JOIN runner_price USING (runner_id, price_id)
  JOIN instance_type USING (instance_type_id)
  WHERE NOT :by_run AND run_day.billed <> 0 AND run_day.day >= :from_day AND run_day.day < :to_day
)
SELECT
  month_of(slice.day) AS month,
  slice.day AS day,
  runner_detail.source AS source,
  runner_detail.runner AS runner,
  runner_detail.runner_external_id AS runner_id,
  candidate.external_id AS run_id,
  outcome.word AS outcome,
  coalesce(instance_type.slug, instance_type.name) AS instance_type,
  price.price_second AS price_second,
  slice.assumed AS price_assumed,
  slice.from_at AS from_at,
  slice.to_at AS to_at,
  slice.billed AS billed_seconds,
  cost(slice.billed, price.price_second) AS cost,
  coalesce(price.currency, runner_detail.currency) AS currency,
  NULL AS label,
  NULL AS second_label,
  slice.billed AS cost_time
FROM candidate
JOIN slices(candidate.runner_id, candidate.started_at, candidate.ended_at) AS slice
JOIN runner_detail USING (runner_id)
JOIN outcome ON outcome.outcome = candidate.outcome
JOIN instance_type ON instance_type.instance_type_id = slice.instance_type_id
JOIN price ON price.price_id = slice.price_id
WHERE slice.day >= :from_day AND slice.day < :to_day
UNION ALL
SELECT
  month_of(day), day, source, runner, runner_id, NULL, NULL, instance_type, price_second, price_assumed, NULL, NULL,
  sum(billed), cost_sum(billed, price), currency, label, second_label, sum(billed)
FROM tallied
GROUP BY day, source, runner, runner_id, instance_type, price_second, price_assumed, label, second_label, currency
ORDER BY
  day, source, runner, runner_id, from_at, run_id, instance_type, label, second_label,
  price_second COLLATE DECIMAL, price_assumed, currency;
