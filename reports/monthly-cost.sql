/*
title: Monthly cost
question: What did each runner cost, month by month, to the last digit?
parameters: [period, source, runner, group-by]
default_period: last-month
group_by: {default: runner, values: [source, runner, instance-type, label]}
columns:
  - {name: month, type: month, description: "The local month."}
  - {name: state, type: word, description: "final when every source was read completely after the month's end and no run that started before it is still open; else provisional; closed after runtally close, and then as it was closed."}
  - {name: source, type: word, description: "The configured account; null unless grouped by source or runner."}
  - {name: runner, type: text, description: "The runner's newest name, of a closed month its name at closing; null unless grouped by runner."}
  - {name: runner_id, type: word, description: "The vendor's id of the runner; null unless grouped by runner."}
  - {name: instance_type, type: text, description: "The machine size that the runs had; null where the API names none, and unless grouped by runner or instance-type."}
  - {name: price_second, type: price, title: price/s, description: "The price of one second; null for what is unpriced, and unless grouped by runner."}
  - {name: price_assumed, type: flag, title: assumed, description: "Whether the price is taken from a neighbouring sight: from before it was first seen, or from a gap between two sights; null unless grouped by runner."}
  - {name: runs, type: integer, description: "Runs that finished in the month."}
  - {name: runtime_seconds, type: seconds, title: runtime, description: "Their runtimes, from start to completion."}
  - {name: billed_seconds, type: seconds, title: billed, description: "Billed time that was consumed in the month."}
  - {name: cost, type: money, description: "billed_seconds times price_second, exactly; null where nothing of it is priced."}
  - {name: wasted_cost, type: money, title: wasted, description: "The part of cost that belongs to failures, errors, timeouts and cancellations."}
  - {name: unpriced_runs, type: integer, title: unpriced, description: "Finished runs that ran without any price."}
  - {name: open_runs, type: integer, title: open, description: "Runs still open at the ledger's now, counted where they started, or now if they have not; none in a closed month."}
  - {name: accrued_cost, type: money, title: accrued, description: "What the open runs cost so far, up to the last complete list of their runner; not part of cost."}
  - {name: currency, type: word, description: "ISO 4217 code."}
  - {name: label, type: text, description: "The value of the label that is grouped by, null for runners without it; null unless grouped by a label."}
sort: [month, source, runner, runner_id, instance_type, label, price_second, price_assumed, currency]
totals: [runs, runtime_seconds, billed_seconds, cost, wasted_cost, unpriced_runs, open_runs, accrued_cost]
rounding: true
layout: [month, state, source, label, runner, instance_type, price_second, price_assumed, runs, billed_seconds, cost, {column: wasted_cost, hide: zero}, {column: unpriced_runs, hide: zero}, {column: open_runs, hide: zero}, {column: accrued_cost, hide: zero}, currency]
chart:
  - {kind: bars, title: Cost, value: cost, part: wasted_cost, top: 12}
  - {kind: bars, title: Cost by month, category: [month], value: cost, part: wasted_cost}
*/
WITH
-- Months that are closed and wholly in the period: they are printed as they were closed. Their days are one stretch.
closed AS (
  SELECT month, first_day, end_day FROM closed_month WHERE first_day >= :from_day AND end_day <= :to_day
),
closed_days AS (
  SELECT coalesce(min(first_day), 0) AS from_day, coalesce(max(end_day), 0) AS to_day FROM closed
),
-- Finished runs and consumed time, from the tally.
tallied AS (
  SELECT
    strftime('%Y-%m', run_day.day * 86400, 'unixepoch') AS month,
    run_day.runner_id, run_day.instance_type_id, run_day.price_id, run_day.assumed,
    sum(run_day.runs) AS runs,
    sum(run_day.runtime) AS runtime,
    sum(run_day.billed) AS billed,
    sum(run_day.billed * outcome.is_wasted) AS wasted,
    sum(CASE WHEN run_day.price_id = 0 THEN run_day.timed_runs ELSE 0 END) AS unpriced_runs,
    0 AS open_runs,
    0 AS accrued
  FROM run_day
  JOIN selected_runner USING (runner_id)
  JOIN outcome USING (outcome)
  WHERE run_day.day >= :from_day AND run_day.day < :to_day
    AND NOT (run_day.day >= (SELECT from_day FROM closed_days) AND run_day.day < (SELECT to_day FROM closed_days))
  GROUP BY 1, 2, 3, 4, 5
),
-- Runs that are still open.
opening AS (
  SELECT open_run.runner_id, open_run.started_at, coalesce(open_run.started_at, :as_of) AS counted_at, open_run.read_at
  FROM open_run
  JOIN selected_runner USING (runner_id)
),
opened AS (
  SELECT
    strftime('%Y-%m', local_day(counted_at) * 86400, 'unixepoch') AS month,
    runner_id,
    instance_type_at(runner_id, counted_at) AS instance_type_id,
    price_at(runner_id, counted_at) AS price_id,
    price_assumed_at(runner_id, counted_at) AS assumed,
    0 AS runs, 0 AS runtime, 0 AS billed, 0 AS wasted, 0 AS unpriced_runs, 1 AS open_runs, 0 AS accrued
  FROM opening
  WHERE local_day(counted_at) >= :from_day AND local_day(counted_at) < :to_day
    AND NOT (local_day(counted_at) >= (SELECT from_day FROM closed_days) AND local_day(counted_at) < (SELECT to_day FROM closed_days))
),
accrued AS (
  SELECT
    strftime('%Y-%m', slice.day * 86400, 'unixepoch') AS month,
    opening.runner_id, slice.instance_type_id, slice.price_id, slice.assumed,
    0 AS runs, 0 AS runtime, 0 AS billed, 0 AS wasted, 0 AS unpriced_runs, 0 AS open_runs, slice.billed AS accrued
  FROM opening
  JOIN slices(opening.runner_id, opening.started_at, opening.read_at) AS slice
  WHERE opening.started_at < opening.read_at AND slice.day >= :from_day AND slice.day < :to_day
    AND NOT (slice.day >= (SELECT from_day FROM closed_days) AND slice.day < (SELECT to_day FROM closed_days))
),
line AS (
  SELECT * FROM tallied UNION ALL SELECT * FROM opened UNION ALL SELECT * FROM accrued
),
-- One row per month, runner, instance type and price; two entries of one price are one line.
summed AS (
  SELECT
    line.month, line.runner_id, line.instance_type_id, line.assumed,
    price.price_second,
    coalesce(price.currency, runner_detail.currency) AS currency,
    sum(line.runs) AS runs,
    sum(line.runtime) AS runtime,
    sum(line.billed) AS billed,
    sum(line.wasted) AS wasted,
    sum(line.unpriced_runs) AS unpriced_runs,
    sum(line.open_runs) AS open_runs,
    sum(line.accrued) AS accrued
  FROM line
  JOIN price USING (price_id)
  JOIN runner_detail USING (runner_id)
  GROUP BY line.month, line.runner_id, line.instance_type_id, line.assumed, price.price_second, 6
),
-- With their words: those of now, or those of the closing.
named AS (
  SELECT
    summed.month, summed.runner_id, summed.assumed, summed.price_second, summed.currency, summed.runs, summed.runtime,
    summed.billed, summed.wasted, summed.unpriced_runs, summed.open_runs, summed.accrued,
    runner_detail.source, runner_detail.runner, runner_detail.runner_external_id,
    coalesce(instance_type.slug, instance_type.name) AS instance_type
  FROM summed
  JOIN runner_detail USING (runner_id)
  JOIN instance_type USING (instance_type_id)
  UNION ALL
  SELECT
    closed_line.month, closed_line.runner_id, closed_line.assumed, closed_line.price_second, closed_line.currency,
    sum(closed_line.runs), sum(closed_line.runtime), sum(closed_line.billed),
    sum(closed_line.billed * outcome.is_wasted),
    sum(CASE WHEN closed_line.price_second IS NULL THEN closed_line.timed_runs ELSE 0 END), 0, 0,
    closed_line.source, closed_line.runner, closed_line.runner_external_id, closed_line.instance_type
  FROM closed
  JOIN closed_line ON closed_line.month = closed.month AND closed_line.closed_with = closed.month
  JOIN selected_runner USING (runner_id)
  JOIN outcome USING (outcome)
  GROUP BY
    closed_line.month, closed_line.runner_id, closed_line.instance_type_id, closed_line.assumed,
    closed_line.price_second, closed_line.currency
),
month_state AS (
  SELECT
    month,
    CASE
      WHEN month IN (SELECT month FROM closed) THEN 'closed'
      WHEN month_end <= (SELECT at FROM settled_until) THEN 'final'
      ELSE 'provisional'
    END AS state
  FROM (
    SELECT DISTINCT month, day_start(strftime('%s', month || '-01', '+1 month') / 86400) AS month_end FROM named
  )
),
-- Each line with its cost, and what it is grouped by. Lines of one price cost its product, exactly; so do their sums.
costed AS (
  SELECT
    named.month,
    CASE WHEN :group_by IN ('source', 'runner') THEN named.source END AS source,
    CASE WHEN :group_by = 'runner' THEN named.runner END AS runner,
    CASE WHEN :group_by = 'runner' THEN named.runner_external_id END AS runner_id,
    CASE WHEN :group_by IN ('runner', 'instance-type') THEN named.instance_type END AS instance_type,
    CASE WHEN :group_by = 'label' THEN selected_runner.label END AS label,
    CASE WHEN :group_by = 'runner' THEN named.price_second END AS price_second,
    CASE WHEN :group_by = 'runner' THEN named.assumed END AS assumed,
    named.currency,
    named.runs, named.runtime, named.billed, named.wasted, named.unpriced_runs, named.open_runs, named.accrued,
    cost(nullif(named.billed, 0), named.price_second) AS cost,
    cost(nullif(named.wasted, 0), named.price_second) AS wasted_cost,
    cost(nullif(named.accrued, 0), named.price_second) AS accrued_cost
  FROM named
  JOIN selected_runner USING (runner_id)
)
SELECT
  costed.month,
  month_state.state,
  costed.source,
  costed.runner,
  costed.runner_id,
  costed.instance_type,
  costed.price_second,
  costed.assumed AS price_assumed,
  sum(costed.runs) AS runs,
  sum(costed.runtime) AS runtime_seconds,
  sum(costed.billed) AS billed_seconds,
  CASE WHEN sum(costed.billed) = 0 THEN '0' ELSE money_sum(costed.cost) END AS cost,
  CASE WHEN sum(costed.wasted) = 0 THEN '0' ELSE money_sum(costed.wasted_cost) END AS wasted_cost,
  sum(costed.unpriced_runs) AS unpriced_runs,
  sum(costed.open_runs) AS open_runs,
  CASE WHEN sum(costed.accrued) = 0 THEN '0' ELSE money_sum(costed.accrued_cost) END AS accrued_cost,
  costed.currency,
  costed.label
FROM costed
JOIN month_state USING (month)
GROUP BY
  costed.month, costed.source, costed.runner, costed.runner_id, costed.instance_type, costed.label, costed.price_second,
  costed.assumed, costed.currency
ORDER BY
  costed.month, costed.source, costed.runner, costed.runner_id, costed.instance_type, costed.label,
  costed.price_second COLLATE DECIMAL, costed.assumed, costed.currency;
