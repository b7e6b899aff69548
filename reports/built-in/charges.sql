/*
title: Charges
question: Which run cost what on which day, and at which price?
description: One row per slice, the part of a finished run that falls on one local day at one price. For every period and filter the rows add up exactly to monthly-cost.
schema_version: 2
parameters: [period, source, runner]
default_period: last-month
columns:
  - {name: month, type: month, description: "The local month of the day."}
  - {name: day, type: day, description: "The local day."}
  - {name: source, type: word, description: "The configured account."}
  - {name: runner, type: text, description: "The runner's newest name."}
  - {name: runner_id, type: word, description: "The vendor's id of the runner."}
  - {name: run_id, type: word, description: "The vendor's id of the run."}
  - {name: outcome, type: word, description: "What became of the run."}
  - {name: instance_type, type: text, description: "The machine size that the runner had when the run started."}
  - {name: price_second, type: price, title: price/s, description: "The price of one second; null for what is unpriced."}
  - {name: price_assumed, type: flag, title: assumed, description: "Whether the price is taken from a neighbouring sight."}
  - {name: from_at, type: instant, title: from, description: "Where the slice begins."}
  - {name: to_at, type: instant, title: to, description: "Where it ends, exclusive."}
  - {name: billed_seconds, type: seconds, title: billed, description: "The slice's length, and on a run's last slice what the billing rule adds."}
  - {name: cost, type: money, description: "billed_seconds times price_second, exactly; null where it is unpriced."}
  - {name: currency, type: word, description: "ISO 4217 code."}
sort: [day, source, runner, runner_id, from_at, run_id]
totals: [billed_seconds, cost]
formats: [focus, focus-1.2]
layout: [day, source, runner, run_id, outcome, instance_type, price_second, price_assumed, from_at, billed_seconds, cost, currency]
*/
WITH
-- Every finished run that may reach into the period.
candidate AS (
  SELECT run.run_id, run.runner_id, run.external_id, run.outcome, run.started_at, run.ended_at
  FROM selected_runner
  -- CROSS keeps the order: each runner's stretch of the index, not the whole of it.
  CROSS JOIN run USING (runner_id)
  WHERE run.ended_at >= :from_at AND run.started_at IS NOT NULL AND min(run.started_at, run.ended_at) < :to_at
)
SELECT
  month_of(slice.day) AS month,
  slice.day,
  runner_detail.source,
  runner_detail.runner,
  runner_detail.runner_external_id AS runner_id,
  candidate.external_id AS run_id,
  outcome.word AS outcome,
  coalesce(instance_type.slug, instance_type.name) AS instance_type,
  price.price_second,
  slice.assumed AS price_assumed,
  slice.from_at,
  slice.to_at,
  slice.billed AS billed_seconds,
  cost(slice.billed, price.price_second) AS cost,
  coalesce(price.currency, runner_detail.currency) AS currency,
  slice.billed AS cost_time
FROM candidate
JOIN slices(candidate.runner_id, candidate.started_at, candidate.ended_at) AS slice
JOIN runner_detail USING (runner_id)
JOIN outcome ON outcome.outcome = candidate.outcome
JOIN instance_type ON instance_type.instance_type_id = slice.instance_type_id
JOIN price ON price.price_id = slice.price_id
WHERE slice.day >= :from_day AND slice.day < :to_day
ORDER BY
  slice.day, runner_detail.source, runner_detail.runner, runner_detail.runner_external_id, slice.from_at,
  candidate.external_id;
