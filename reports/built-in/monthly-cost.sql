/*
title: Monthly cost
question: What did each runner cost, month by month, to the last digit?
schema_version: 2
parameters: [period, source, runner, group-by]
default_period: last-month
prints_closings: true
tally: {by: month, of: source}
group_by: {default: runner, values: [source, runner, instance-type, label], most: 2}
columns:
  - {name: month, type: month, description: "The local month."}
  - {name: state, type: word, description: "final when every source was read completely after the month's end and no run that started before it is still open; else provisional; closed after runtally close, and then as it was closed."}
  - {name: source, type: word, by: [source, runner], description: "The configured account."}
  - {name: runner, type: text, by: [runner], description: "The runner's newest name, of a closed month its name at closing."}
  - {name: runner_id, type: word, by: [runner], description: "The vendor's id of the runner."}
  - {name: instance_type, type: text, by: [runner, instance-type], description: "The machine size that the runs had; null where the API names none."}
  - {name: price_second, type: price, title: price/s, by: [runner], description: "The price of one second; null for what is unpriced."}
  - {name: price_assumed, type: flag, title: assumed, by: [runner], description: "Whether the price is taken from a neighbouring sight: from before it was first seen, or from a gap between two sights."}
  - {name: runs, type: integer, description: "Runs that finished in the month."}
  - {name: runtime_seconds, type: seconds, title: runtime, description: "Their runtimes, from start to completion."}
  - {name: billed_seconds, type: seconds, title: billed, description: "Billed time that was consumed in the month."}
  - {name: cost, type: money, description: "billed_seconds times price_second, exactly; null where nothing of it is priced."}
  - {name: wasted_cost, type: money, title: wasted, description: "The part of cost that belongs to failures, errors, timeouts and cancellations."}
  - {name: unpriced_runs, type: integer, title: unpriced, description: "Finished runs that ran without any price."}
  - {name: open_runs, type: integer, title: open, description: "Runs still open at the ledger's now that used time here so far, or started here; one that has not started counts now. A run counts in each such row, so rows do not add up. None in a closed month."}
  - {name: accrued_cost, type: money, title: accrued, description: "What these open runs cost here so far, up to the last complete list that had them and never past their timeout; not part of cost."}
  - {name: currency, type: word, description: "ISO 4217 code."}
  - {name: label, type: text, by: [label], description: "The value of the label that is grouped by, null for runners without it. The column is called as the label's key."}
  - {name: second_label, type: text, by: [second-label], description: "The same of a second label."}
sort: [month, source, runner, runner_id, instance_type, label, second_label, price_second, price_assumed, currency]
totals: [runs, runtime_seconds, billed_seconds, cost, wasted_cost, unpriced_runs, accrued_cost]
rounding: true
layout:
  - {column: label, missing: none}
  - {column: second_label, missing: none}
  - runner
  - month
  - {column: cost, missing: unpriced}
  - {column: wasted_cost, hide: zero}
  - currency
  - runs
  - billed_seconds
  - {column: instance_type, missing: none}
  - {column: price_second, missing: unpriced}
  - {column: price_assumed, hide: zero}
  - source
  - {column: unpriced_runs, hide: zero}
  - {column: open_runs, hide: zero}
  - {column: accrued_cost, hide: zero}
  - state
chart:
  - {kind: bars, title: Cost, value: cost, part: wasted_cost, top: 12}
  - {kind: columns, title: Cost by month, category: [month], value: cost, part: wasted_cost}
filled_by: "Time that runs use in the period is counted here, and costs something where it has a price."
*/
WITH
-- Finished runs and consumed time, from the tally.
tallied AS (
  SELECT
    tally.month, tally.runner_id, tally.source_id, tally.instance_type_id, tally.price_id, tally.assumed, tally.runs,
    tally.runtime, tally.billed,
    tally.billed * outcome.is_wasted AS wasted,
    CASE WHEN tally.price_id = 0 THEN tally.timed_runs ELSE 0 END AS unpriced_runs,
    NULL AS open_run,
    0 AS accrued
  FROM tally
  JOIN outcome USING (outcome)
  WHERE tally.period = 'asked' AND NOT tally.is_printed
),
-- Runs that are still open.
opened AS (
  SELECT
    month_of(open_line.day), open_line.runner_id, selected_runner.source_id, open_line.instance_type_id,
    open_line.price_id, open_line.assumed, 0, 0, 0, 0, 0, open_line.run_id, open_line.accrued
  FROM open_line
  JOIN selected_runner USING (runner_id)
  JOIN counted_stretch ON open_line.day >= counted_stretch.from_day AND open_line.day < counted_stretch.to_day
  WHERE counted_stretch.period = 'asked'
),
line AS (
  SELECT * FROM tallied UNION ALL SELECT * FROM opened
),
-- One row per month, runner, instance type and price; two entries of one price are one line. Each open run has rows of
-- its own, so that it counts once wherever rows are brought together.
summed AS (
  SELECT
    line.month, source.name AS source, line.runner_id, line.instance_type_id, line.assumed, price.price_second,
    coalesce(price.currency, source.currency) AS currency,
    sum(line.runs) AS runs,
    sum(line.runtime) AS runtime,
    sum(line.billed) AS billed,
    sum(line.wasted) AS wasted,
    sum(line.unpriced_runs) AS unpriced_runs,
    line.open_run,
    sum(line.accrued) AS accrued
  FROM line
  JOIN price USING (price_id)
  JOIN source USING (source_id)
  GROUP BY 1, 2, 3, 4, 5, 6, 7, line.open_run
),
-- With their words: those of now, or of a month that is closed, those of its closing.
named AS (
  SELECT
    summed.month, summed.source, selected_runner.runner, selected_runner.runner_external_id,
    coalesce(instance_type.slug, instance_type.name) AS instance_type, summed.runner_id, summed.price_second,
    summed.assumed, summed.currency, summed.runs, summed.runtime, summed.billed, summed.wasted, summed.unpriced_runs,
    summed.open_run, summed.accrued
  FROM summed
  LEFT JOIN selected_runner USING (runner_id)
  JOIN instance_type USING (instance_type_id)
  UNION ALL
  SELECT
    printed_line.month, printed_line.source, printed_line.runner, printed_line.runner_external_id,
    printed_line.instance_type, printed_line.runner_id, printed_line.price_second, printed_line.assumed,
    printed_line.currency, printed_line.runs, printed_line.runtime, printed_line.billed,
    printed_line.billed * outcome.is_wasted,
    CASE WHEN printed_line.price_second IS NULL THEN printed_line.timed_runs ELSE 0 END, NULL, 0
  FROM printed_line
  JOIN outcome USING (outcome)
  WHERE printed_line.period = 'asked'
),
-- Each line with what it is grouped by.
grouped AS (
  SELECT
    named.month,
    CASE WHEN :by_source OR :by_runner THEN named.source END AS source,
    CASE WHEN :by_runner THEN named.runner END AS runner,
    CASE WHEN :by_runner THEN named.runner_external_id END AS runner_id,
    CASE WHEN :by_runner OR :by_instance_type THEN named.instance_type END AS instance_type,
    CASE WHEN :by_label THEN selected_runner.label END AS label,
    CASE WHEN :by_second_label THEN selected_runner.second_label END AS second_label,
    CASE WHEN :by_runner THEN named.price_second END AS price_second,
    CASE WHEN :by_runner THEN named.assumed END AS price_assumed,
    named.currency, named.runs, named.runtime, named.billed, named.wasted, named.unpriced_runs, named.open_run,
    named.accrued, named.price_second AS price
  FROM named
  LEFT JOIN selected_runner USING (runner_id)
)
SELECT
  month,
  CASE
    WHEN month IN (SELECT month FROM printed_month WHERE period = 'asked') THEN 'closed'
    -- It was over when nothing was expected to change any more.
    WHEN month < (SELECT month_of(local_day(at)) FROM settled_until) THEN 'final'
    ELSE 'provisional'
  END AS state,
  source, runner, runner_id, instance_type, price_second, price_assumed,
  sum(runs) AS runs,
  sum(runtime) AS runtime_seconds,
  sum(billed) AS billed_seconds,
  cost_sum(billed, price) AS cost,
  cost_sum(wasted, price) AS wasted_cost,
  sum(unpriced_runs) AS unpriced_runs,
  count(DISTINCT open_run) AS open_runs,
  cost_sum(accrued, price) AS accrued_cost,
  currency, label, second_label,
  sum(billed) AS cost_time,
  sum(wasted) AS wasted_cost_time,
  sum(accrued) AS accrued_cost_time
FROM grouped
GROUP BY month, source, runner, runner_id, instance_type, label, second_label, price_second, price_assumed, currency
ORDER BY
  month, source, runner, runner_id, instance_type, label, second_label, price_second COLLATE DECIMAL, price_assumed,
  currency;
