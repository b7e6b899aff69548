/*
title: Monthly cost
question: What did each runner cost, month by month, to the last digit?
parameters: [period, source, runner]
default_period: last-month
columns:
  - {name: month, type: month, description: "The local month."}
  - {name: state, type: word, description: "final when every source was read completely after the month's end and no run that started before it is still open; else provisional."}
  - {name: source, type: word, description: "The configured account."}
  - {name: runner, type: text, description: "The runner's newest name."}
  - {name: runner_id, type: word, description: "The vendor's id of the runner."}
  - {name: instance_type, type: text, description: "The machine size that the runs had; null where the API names none."}
  - {name: price_second, type: price, title: price/s, description: "The price of one second; null for what is unpriced."}
  - {name: price_assumed, type: flag, title: assumed, description: "Whether the price is taken from a neighbouring sight: from before it was first seen, or from a gap between two sights."}
  - {name: runs, type: integer, description: "Runs that finished in the month."}
  - {name: runtime_seconds, type: seconds, title: runtime, description: "Their runtimes, from start to completion."}
  - {name: billed_seconds, type: seconds, title: billed, description: "Billed time that was consumed in the month."}
  - {name: cost, type: money, description: "billed_seconds times price_second, exactly; null where nothing of it is priced."}
  - {name: wasted_cost, type: money, title: wasted, description: "The part of cost that belongs to failures, errors, timeouts and cancellations."}
  - {name: unpriced_runs, type: integer, title: unpriced, description: "Finished runs that ran without any price."}
  - {name: open_runs, type: integer, title: open, description: "Runs still open at the ledger's now, counted where they started, or now if they have not."}
  - {name: accrued_cost, type: money, title: accrued, description: "What the open runs cost so far, up to the last complete list of their runner; not part of cost."}
  - {name: currency, type: word, description: "ISO 4217 code."}
sort: [month, source, runner, runner_id, instance_type, price_second, price_assumed, currency]
totals: [runs, runtime_seconds, billed_seconds, cost, wasted_cost, unpriced_runs, open_runs, accrued_cost]
rounding: true
formats: [table, csv, json, jsonl]
layout: [month, state, source, runner, instance_type, price_second, price_assumed, runs, billed_seconds, cost, {column: wasted_cost, hide: zero}, {column: unpriced_runs, hide: zero}, {column: open_runs, hide: zero}, {column: accrued_cost, hide: zero}, currency]
*/
WITH
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
  GROUP BY 1, 2, 3, 4, 5
),
-- Runs that are still open, and how far they are known to have gone on: a run that vanished, not past that.
open_run AS (
  SELECT
    run.runner_id, run.started_at, coalesce(run.started_at, :as_of) AS counted_at,
    coalesce(run.missing_since, run_list_read.read_at) AS read_at
  FROM run INDEXED BY run_open
  JOIN selected_runner USING (runner_id)
  LEFT JOIN run_list_read USING (runner_id)
  WHERE run.ended_at IS NULL
),
opened AS (
  SELECT
    strftime('%Y-%m', local_day(counted_at) * 86400, 'unixepoch') AS month,
    runner_id,
    instance_type_at(runner_id, counted_at) AS instance_type_id,
    price_at(runner_id, counted_at) AS price_id,
    price_assumed_at(runner_id, counted_at) AS assumed,
    0 AS runs, 0 AS runtime, 0 AS billed, 0 AS wasted, 0 AS unpriced_runs, 1 AS open_runs, 0 AS accrued
  FROM open_run
  WHERE local_day(counted_at) >= :from_day AND local_day(counted_at) < :to_day
),
accrued AS (
  SELECT
    strftime('%Y-%m', slice.day * 86400, 'unixepoch') AS month,
    open_run.runner_id, slice.instance_type_id, slice.price_id, slice.assumed,
    0 AS runs, 0 AS runtime, 0 AS billed, 0 AS wasted, 0 AS unpriced_runs, 0 AS open_runs, slice.billed AS accrued
  FROM open_run
  JOIN slices(open_run.runner_id, open_run.started_at, open_run.read_at) AS slice
  WHERE open_run.started_at < open_run.read_at AND slice.day >= :from_day AND slice.day < :to_day
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
-- A month is final when every source was read completely after its end and no run that started before is open.
source_read AS (
  SELECT min(coalesce(read_at, 0)) AS read_at
  FROM (
    SELECT max(harvest.started_at) AS read_at
    FROM source
    LEFT JOIN harvest ON harvest.source_id = source.source_id AND harvest.complete = 1
    GROUP BY source.source_id
  )
),
month_state AS (
  SELECT
    month,
    CASE
      WHEN (SELECT read_at FROM source_read) >= month_end
        AND NOT EXISTS (SELECT 1 FROM run INDEXED BY run_open WHERE ended_at IS NULL AND started_at < month_end)
      THEN 'final'
      ELSE 'provisional'
    END AS state
  FROM (
    SELECT DISTINCT month, day_start(strftime('%s', month || '-01', '+1 month') / 86400) AS month_end FROM summed
  )
)
SELECT
  summed.month,
  month_state.state,
  runner_detail.source,
  runner_detail.runner,
  runner_detail.runner_external_id AS runner_id,
  coalesce(instance_type.slug, instance_type.name) AS instance_type,
  summed.price_second,
  summed.assumed AS price_assumed,
  summed.runs,
  summed.runtime AS runtime_seconds,
  summed.billed AS billed_seconds,
  CASE WHEN summed.billed = 0 THEN '0' ELSE cost(summed.billed, summed.price_second) END AS cost,
  CASE WHEN summed.wasted = 0 THEN '0' ELSE cost(summed.wasted, summed.price_second) END AS wasted_cost,
  summed.unpriced_runs,
  summed.open_runs,
  CASE WHEN summed.accrued = 0 THEN '0' ELSE cost(summed.accrued, summed.price_second) END AS accrued_cost,
  summed.currency
FROM summed
JOIN month_state USING (month)
JOIN runner_detail USING (runner_id)
JOIN instance_type USING (instance_type_id)
ORDER BY
  summed.month, runner_detail.source, runner_detail.runner, runner_detail.runner_external_id,
  6, summed.price_second COLLATE DECIMAL, summed.assumed, summed.currency;
