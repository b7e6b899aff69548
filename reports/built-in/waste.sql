/*
title: Waste
question: What did runs cost that came to nothing, and what does a success cost?
description: Wasted is what failures, errors, timeouts and cancellations used and cost. Runs count on the day they finished, time and cost on the days they were consumed.
schema_version: 2
parameters: [period, source, runner, group-by]
default_period: 30-days
tally: {by: month, of: source}
group_by: {default: runner, values: [none, source, runner, instance-type, label], most: 2, alone: [none]}
columns:
  - {name: source, type: word, by: [source, runner], description: "The configured account."}
  - {name: runner, type: text, by: [runner], description: "The runner's newest name."}
  - {name: runner_id, type: word, by: [runner], description: "The vendor's id of the runner."}
  - {name: runs, type: integer, description: "Runs that finished in the period."}
  - {name: wasted_runs, type: integer, title: wasted, description: "Of these, failures, errors, timeouts and cancellations."}
  - {name: wasted_seconds, type: seconds, title: wasted time, description: "Billed time in the period of runs that came to nothing."}
  - {name: cost, type: money, description: "What its time in the period cost; null where nothing of it is priced."}
  - {name: wasted_cost, type: money, description: "The part of cost that belongs to wasted_seconds; null where nothing of it is priced."}
  - {name: wasted_share, type: rate, title: share, description: "wasted_cost out of cost; null where nothing was paid."}
  - {name: successes, type: integer, description: "Runs of the period that succeeded."}
  - {name: cost_per_success, type: money, title: per success, description: "cost, waste included, by successes, rounded half to even at 18 decimals; null without any."}
  - {name: currency, type: word, description: "ISO 4217 code."}
  - {name: instance_type, type: text, by: [instance-type], description: "The machine size that the runs had; null where the API names none."}
  - {name: label, type: text, by: [label], description: "The value of the label that is grouped by, null for runners without it. The column is called as the label's key."}
  - {name: second_label, type: text, by: [second-label], description: "The same of a second label."}
sort: [currency, wasted_cost descending, source, runner, runner_id, instance_type, label, second_label]
totals: [runs, wasted_runs, wasted_seconds, cost, wasted_cost, successes]
rounding: true
layout:
  - {column: label, missing: none}
  - {column: second_label, missing: none}
  - runner
  - wasted_cost
  - wasted_share
  - {column: cost, missing: unpriced}
  - cost_per_success
  - currency
  - wasted_runs
  - runs
  - wasted_seconds
  - successes
  - {column: instance_type, missing: none}
  - source
chart: {kind: bars, title: Cost that came to nothing, value: cost, part: wasted_cost, top: 12}
filled_by: "Runs that finish in the period are counted here once a harvest has read them; runtally status says what was read."
*/
WITH
-- One sum per price, so that every product is exact.
tallied AS (
  SELECT
    tally.source_id, tally.runner_id, tally.instance_type_id, tally.price_id,
    sum(tally.runs) AS runs,
    sum(tally.runs * outcome.is_wasted) AS wasted_runs,
    sum(tally.runs * (outcome.word = 'success')) AS successes,
    sum(tally.billed) AS billed,
    sum(tally.billed * outcome.is_wasted) AS wasted
  FROM tally
  JOIN outcome USING (outcome)
  WHERE tally.period = 'asked'
  GROUP BY tally.source_id, tally.runner_id, tally.instance_type_id, tally.price_id
),
-- Each with what it is grouped by.
grouped AS (
  SELECT
    CASE WHEN :by_source OR :by_runner THEN source.name END AS source,
    CASE WHEN :by_runner THEN selected_runner.runner END AS runner,
    CASE WHEN :by_runner THEN selected_runner.runner_external_id END AS runner_id,
    CASE WHEN :by_instance_type THEN coalesce(instance_type.slug, instance_type.name) END AS instance_type,
    CASE WHEN :by_label THEN selected_runner.label END AS label,
    CASE WHEN :by_second_label THEN selected_runner.second_label END AS second_label,
    coalesce(price.currency, source.currency) AS currency, price.price_second,
    tallied.runs, tallied.wasted_runs, tallied.successes, tallied.billed, tallied.wasted
  FROM tallied
  JOIN price USING (price_id)
  JOIN source USING (source_id)
  LEFT JOIN selected_runner USING (runner_id)
  JOIN instance_type USING (instance_type_id)
),
summed AS (
  SELECT
    source, runner, runner_id, instance_type, label, second_label, currency,
    sum(runs) AS runs,
    sum(wasted_runs) AS wasted_runs,
    sum(successes) AS successes,
    sum(billed) AS billed,
    sum(wasted) AS wasted,
    cost_sum(billed, price_second) AS cost,
    cost_sum(wasted, price_second) AS wasted_cost
  FROM grouped
  GROUP BY 1, 2, 3, 4, 5, 6, 7
)
SELECT
  source,
  runner,
  runner_id,
  runs,
  wasted_runs,
  wasted AS wasted_seconds,
  cost,
  wasted_cost,
  money_share(wasted_cost, cost) AS wasted_share,
  successes,
  money_per(cost, successes) AS cost_per_success,
  currency,
  instance_type,
  label,
  second_label,
  billed AS cost_time,
  wasted AS wasted_cost_time
FROM summed
ORDER BY
  currency, wasted_cost COLLATE DECIMAL DESC, source, runner, runner_id, instance_type, label, second_label;
