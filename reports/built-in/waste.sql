/*
title: Waste
question: What did runs cost that came to nothing, and what does a success cost?
description: Wasted is what failures, errors, timeouts and cancellations used and cost. Runs count on the day they finished, time and cost on the days they were consumed.
schema_version: 2
parameters: [period, source, runner]
default_period: 30-days
columns:
  - {name: source, type: word, description: "The configured account."}
  - {name: runner, type: text, description: "The runner's newest name."}
  - {name: runner_id, type: word, description: "The vendor's id of the runner."}
  - {name: runs, type: integer, description: "Runs that finished in the period."}
  - {name: wasted_runs, type: integer, title: wasted, description: "Of these, failures, errors, timeouts and cancellations."}
  - {name: wasted_seconds, type: seconds, title: wasted time, description: "Billed time in the period of runs that came to nothing."}
  - {name: cost, type: money, description: "What its time in the period cost; null where nothing of it is priced."}
  - {name: wasted_cost, type: money, description: "The part of cost that belongs to wasted_seconds; null where nothing of it is priced."}
  - {name: wasted_share, type: rate, title: share, description: "wasted_cost out of cost; null where nothing was paid."}
  - {name: successes, type: integer, description: "Runs of the period that succeeded."}
  - {name: cost_per_success, type: money, title: per success, description: "cost, waste included, by successes, rounded half to even at 18 decimals; null without any."}
  - {name: currency, type: word, description: "ISO 4217 code."}
sort: [currency, wasted_cost descending, source, runner, runner_id]
totals: [runs, wasted_runs, wasted_seconds, cost, wasted_cost, successes]
rounding: true
layout: [source, runner, runs, wasted_runs, wasted_seconds, cost, wasted_cost, wasted_share, successes, cost_per_success, currency]
chart: {kind: bars, title: Cost that came to nothing, category: [runner, source, runner_id], value: cost, part: wasted_cost, top: 12}
*/
WITH
-- One sum per price, so that every product is exact.
tallied AS (
  SELECT
    run_day.runner_id, run_day.price_id,
    sum(run_day.runs) AS runs,
    sum(run_day.runs * outcome.is_wasted) AS wasted_runs,
    sum(run_day.runs * (outcome.word = 'success')) AS successes,
    sum(run_day.billed) AS billed,
    sum(run_day.billed * outcome.is_wasted) AS wasted
  FROM run_day
  JOIN selected_runner USING (runner_id)
  JOIN outcome USING (outcome)
  WHERE run_day.day >= :from_day AND run_day.day < :to_day
  GROUP BY run_day.runner_id, run_day.price_id
),
summed AS (
  SELECT
    tallied.runner_id, runner_price.currency,
    sum(tallied.runs) AS runs,
    sum(tallied.wasted_runs) AS wasted_runs,
    sum(tallied.successes) AS successes,
    sum(tallied.wasted) AS wasted,
    cost_sum(tallied.billed, runner_price.price_second) AS cost,
    cost_sum(tallied.wasted, runner_price.price_second) AS wasted_cost
  FROM tallied
  JOIN runner_price USING (runner_id, price_id)
  GROUP BY 1, 2
)
SELECT
  runner_detail.source,
  runner_detail.runner,
  runner_detail.runner_external_id AS runner_id,
  summed.runs,
  summed.wasted_runs,
  summed.wasted AS wasted_seconds,
  summed.cost,
  summed.wasted_cost,
  money_share(summed.wasted_cost, summed.cost) AS wasted_share,
  summed.successes,
  money_per(summed.cost, summed.successes) AS cost_per_success,
  summed.currency
FROM summed
JOIN runner_detail USING (runner_id)
ORDER BY
  summed.currency, summed.wasted_cost COLLATE DECIMAL DESC,
  runner_detail.source, runner_detail.runner, runner_detail.runner_external_id;
