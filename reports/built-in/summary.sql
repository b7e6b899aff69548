/*
title: Summary
question: What did it cost, what failed, and what changed since the period before?
description: One row for each currency, with everything that is paid in it. The period before is the month before a month, and otherwise as many days just before.
schema_version: 2
parameters: [period, source, runner]
default_period: last-month
prints_closings: true
tally: {by: month, of: source}
columns:
  - {name: state, type: word, description: "final when every source was read completely after the period's end and no run that started before it is still open; else provisional; closed when all its months are, and then cost, waste and counts are as they were closed."}
  - {name: state_reason, type: text, title: because, description: "What keeps it provisional, or was in the way when a month of it was closed by force; else null."}
  - {name: runs, type: integer, description: "Runs that finished in the period."}
  - {name: runs_before, type: integer, title: runs before, description: "The same of the period before."}
  - {name: cost, type: money, description: "Billed time of the period times its price, exactly; null where nothing of it is priced."}
  - {name: cost_before, type: money, title: cost before, description: "The same of the period before."}
  - {name: cost_change, type: money, title: change, description: "cost less cost_before."}
  - {name: cost_change_share, type: rate, title: change in %, description: "cost_change out of cost_before; null where that is nothing."}
  - {name: wasted_cost, type: money, title: wasted, description: "The part of cost that belongs to failures, errors, timeouts and cancellations."}
  - {name: wasted_share, type: rate, title: wasted in %, description: "wasted_cost out of cost; null where nothing was paid."}
  - {name: rated_runs, type: integer, title: rated, description: "Finished runs that count in the failure rate."}
  - {name: failed, type: integer, description: "Of these, failures, errors and timeouts."}
  - {name: failure_rate, type: rate, title: rate, description: "failed ÷ rated_runs; null without rated runs."}
  - {name: failure_rate_low, type: rate, description: "Lower end of the Wilson 95 % interval."}
  - {name: failure_rate_high, type: rate, description: "Upper end of the Wilson 95 % interval."}
  - {name: failure_rate_before, type: rate, title: rate before, description: "The failure rate of the period before."}
  - {name: failure_rate_p, type: probability, title: p of rate, description: "Fisher's exact two-sided p of the two rates: how likely chance alone makes so large a change."}
  - {name: unpriced_runs, type: integer, title: unpriced, description: "Finished runs that ran without any price."}
  - {name: open_runs, type: integer, title: open, description: "Runs still open at the ledger's now that used time in the period so far, or started in it; one that has not started counts now."}
  - {name: accrued_cost, type: money, title: accrued, description: "What these open runs cost in the period so far; not part of cost."}
  - {name: currency, type: word, description: "ISO 4217 code."}
  - {name: budget, type: money, description: "What the policy's budget allows the month, of just what is asked for; null where there is none, and of other periods."}
  - {name: budget_share, type: rate, title: budget in %, description: "cost out of budget."}
  - {name: corrected_months, type: word, title: corrected, description: "The closed months whose corrections count in the period; null where there are none. The report corrections has them one by one."}
  - {name: corrected_cost, type: money, title: corrections, description: "What these corrections come to; not part of cost."}
sort: [currency]
rounding: true
layout:
  - cost
  - cost_before
  - cost_change_share
  - currency
  - budget_share
  - wasted_cost
  - runs
  - runs_before
  - failed
  - failure_rate
  - {title: "95 % interval", interval: [failure_rate_low, failure_rate_high]}
  - failure_rate_before
  - failure_rate_p
  - {column: unpriced_runs, hide: zero}
  - {column: open_runs, hide: zero}
  - {column: accrued_cost, hide: zero}
  - corrected_months
  - {column: corrected_cost, hide: zero}
  - state
chart:
  kind: figures
  title: At a glance
  items:
    - title: Cost
      value: cost
      notes: ["{+cost_change_share} against {cost_before} before", "{budget_share} of the budget of {budget}"]
    - {title: Came to nothing, value: wasted_cost, notes: ["{wasted_share} of the cost"]}
    - {title: Runs, value: runs, notes: ["{runs_before} before"]}
    - title: Failure rate
      value: failure_rate
      notes: ["{failed} of {rated_runs} runs; 95 % interval {failure_rate_low} to {failure_rate_high}", "{failure_rate_before} before, {failure_rate_p}"]
    - {title: Without a price, value: unpriced_runs, hide: zero, notes: [runs that are not in the cost]}
    - {title: Not yet in the cost, value: accrued_cost, hide: zero, notes: ["time that open runs used in the period, whenever they began", "open runs in the period: {open_runs}"]}
    - {title: Corrections of closed months, value: corrected_cost, hide: zero, notes: ["of {corrected_months}, not in the cost; the report corrections has them one by one"]}
    - {title: These numbers are, value: state, notes: ["{state_reason}"]}
sections:
  - {report: forecast, title: Cost over time, period: 12-months-and-running, chart: {kind: columns, category: [month], value: cost_so_far, forecast: forecast_cost}}
  - {report: monthly-cost, group_by: runner, title: Cost by runner, chart: {kind: bars, title: Cost by runner, value: cost, part: wasted_cost, top: 10}}
  - {report: monthly-cost, group_by: instance-type, title: Cost by instance type, chart: {kind: bars, title: Cost by instance type, value: cost, part: wasted_cost, top: 10}}
  - {report: failure-trend, period: 12-intervals}
  - {report: regressions, title: What got worse or better, empty: No change that is more than chance.}
  - {report: durations, title: The slowest runners}
  - {report: waste, title: The most wasteful runners, chart: {kind: bars, title: Cost that came to nothing, category: [runner, source, runner_id], value: wasted_cost, top: 10}}
*/
WITH
-- Finished runs and consumed time of the period that is asked for and of the one before it, from the tally.
tallied AS (
  SELECT
    tally.period, tally.source_id, tally.price_id,
    sum(tally.runs) AS runs,
    sum(tally.runs * outcome.is_rated) AS rated,
    sum(tally.runs * outcome.is_failed) AS failed,
    sum(tally.billed) AS billed,
    sum(tally.billed * outcome.is_wasted) AS wasted,
    sum(CASE WHEN tally.price_id = 0 THEN tally.timed_runs ELSE 0 END) AS unpriced_runs,
    NULL AS open_run,
    0 AS accrued
  FROM tally
  JOIN outcome USING (outcome)
  WHERE NOT tally.is_printed
  GROUP BY 1, 2, 3
),
-- Runs that are still open count in the asked period only.
opened AS (
  SELECT
    counted_stretch.period, selected_runner.source_id, open_line.price_id, 0, 0, 0, 0, 0, 0, open_line.run_id,
    open_line.accrued
  FROM open_line
  JOIN selected_runner USING (runner_id)
  JOIN counted_stretch ON open_line.day >= counted_stretch.from_day AND open_line.day < counted_stretch.to_day
  WHERE counted_stretch.period = 'asked'
),
line AS (
  SELECT * FROM tallied UNION ALL SELECT * FROM opened
),
-- One sum per price: of those that are in force, or of a month that is closed, those of its closing. Each open run has
-- sums of its own, so that it counts once.
priced AS (
  SELECT
    line.period, coalesce(price.currency, source.currency) AS currency, price.price_second,
    sum(line.runs) AS runs, sum(line.rated) AS rated, sum(line.failed) AS failed, sum(line.billed) AS billed,
    sum(line.wasted) AS wasted, sum(line.unpriced_runs) AS unpriced_runs, line.open_run,
    sum(line.accrued) AS accrued
  FROM line
  JOIN price USING (price_id)
  JOIN source USING (source_id)
  GROUP BY 1, 2, 3, line.open_run
  UNION ALL
  SELECT
    printed_line.period, printed_line.currency, printed_line.price_second,
    sum(printed_line.runs), sum(printed_line.runs * outcome.is_rated), sum(printed_line.runs * outcome.is_failed),
    sum(printed_line.billed), sum(printed_line.billed * outcome.is_wasted),
    sum(CASE WHEN printed_line.price_second IS NULL THEN printed_line.timed_runs ELSE 0 END), NULL, 0
  FROM printed_line
  JOIN outcome USING (outcome)
  GROUP BY 1, 2, 3
),
summed AS (
  SELECT
    period, currency,
    sum(runs) AS runs,
    sum(rated) AS rated,
    sum(failed) AS failed,
    cost_sum(billed, price_second) AS cost,
    cost_sum(wasted, price_second) AS wasted_cost,
    sum(unpriced_runs) AS unpriced_runs,
    count(DISTINCT open_run) AS open_runs,
    cost_sum(accrued, price_second) AS accrued_cost
  FROM priced
  GROUP BY period, currency
),
-- What changed in closed months and counts in the period.
corrected AS (
  SELECT currency, money_sum(cost) AS cost, group_concat(month, ', ') AS months
  FROM (
    SELECT correction.month, correction.currency, cost_sum(correction.billed, correction.price_second) AS cost
    FROM correction
    JOIN selected_runner USING (runner_id)
    WHERE month_start(correction.discovered) >= :from_day AND month_start(correction.discovered) < :to_day
    GROUP BY correction.currency, correction.month
    ORDER BY correction.currency, correction.month
  )
  GROUP BY currency
),
-- Of a period with nothing in it the currencies of the runners are still told.
shown AS (
  SELECT currency FROM summed
  UNION
  SELECT currency FROM corrected
  UNION
  SELECT source.currency FROM selected_runner JOIN runner USING (runner_id) JOIN source USING (source_id)
),
-- Each currency in both periods; nothing is 0, and costs 0.
told AS (
  SELECT
    selected_period.period, shown.currency,
    coalesce(summed.runs, 0) AS runs,
    coalesce(summed.rated, 0) AS rated,
    coalesce(summed.failed, 0) AS failed,
    CASE WHEN summed.period IS NULL THEN '0' ELSE summed.cost END AS cost,
    CASE WHEN summed.period IS NULL THEN '0' ELSE summed.wasted_cost END AS wasted_cost,
    coalesce(summed.unpriced_runs, 0) AS unpriced_runs,
    coalesce(summed.open_runs, 0) AS open_runs,
    CASE WHEN summed.period IS NULL THEN '0' ELSE summed.accrued_cost END AS accrued_cost
  FROM selected_period
  CROSS JOIN shown
  LEFT JOIN summed ON summed.period = selected_period.period AND summed.currency IS shown.currency
),
-- The two periods side by side.
compared AS (
  SELECT
    now.*, before.runs AS runs_before, before.rated AS rated_before, before.failed AS failed_before,
    before.cost AS cost_before, money_less(now.cost, before.cost) AS cost_change,
    json_extract(:budgets, '$.' || json_quote(now.currency)) AS budget,
    corrected.months AS corrected_months,
    CASE WHEN corrected.months IS NULL THEN '0' ELSE corrected.cost END AS corrected_cost
  FROM told AS now
  JOIN told AS before ON before.currency IS now.currency AND before.period = 'before'
  LEFT JOIN corrected ON corrected.currency IS now.currency
  WHERE now.period = 'asked'
)
SELECT
  :state AS state,
  :state_reason AS state_reason,
  runs,
  runs_before,
  cost,
  cost_before,
  cost_change,
  money_share(cost_change, cost_before) AS cost_change_share,
  wasted_cost,
  money_share(wasted_cost, cost) AS wasted_share,
  rated AS rated_runs,
  failed,
  failed * 1.0 / nullif(rated, 0) AS failure_rate,
  wilson_low(failed, rated) AS failure_rate_low,
  wilson_high(failed, rated) AS failure_rate_high,
  failed_before * 1.0 / nullif(rated_before, 0) AS failure_rate_before,
  fisher(failed_before, rated_before, failed, rated) AS failure_rate_p,
  unpriced_runs,
  open_runs,
  accrued_cost,
  currency,
  budget,
  money_share(cost, budget) AS budget_share,
  corrected_months,
  corrected_cost
FROM compared
ORDER BY currency;
