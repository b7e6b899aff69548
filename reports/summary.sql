/*
title: Summary
question: What did it cost, what failed, and what changed since the period before?
description: One row for each currency, with everything that is paid in it. The period before is the month before a month, and otherwise as many days just before.
parameters: [period, source, runner]
default_period: last-month
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
  - {name: open_runs, type: integer, title: open, description: "Runs still open at the ledger's now that count in the period, as in monthly-cost."}
  - {name: accrued_cost, type: money, title: accrued, description: "What the open runs cost so far; not part of cost."}
  - {name: currency, type: word, description: "ISO 4217 code."}
  - {name: budget, type: money, description: "What the policy's budget allows the month, of just what is asked for; null where there is none, and of other periods."}
  - {name: budget_share, type: rate, title: budget in %, description: "cost out of budget."}
sort: [currency]
rounding: true
layout:
  - state
  - runs
  - runs_before
  - cost
  - cost_before
  - cost_change_share
  - budget_share
  - wasted_cost
  - failed
  - failure_rate
  - {title: "95 % interval", interval: [failure_rate_low, failure_rate_high]}
  - failure_rate_before
  - failure_rate_p
  - {column: unpriced_runs, hide: zero}
  - {column: open_runs, hide: zero}
  - {column: accrued_cost, hide: zero}
  - currency
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
    - {title: Not yet in the cost, value: accrued_cost, hide: zero, notes: ["time that open runs used in the period, whenever they began", "{open_runs} of them began in it"]}
    - {title: These numbers are, value: state, notes: ["{state_reason}"]}
sections:
  - {report: monthly-cost, group_by: runner, title: Cost by runner, chart: {kind: bars, title: Cost by runner, value: cost, part: wasted_cost, top: 10}}
  - {report: monthly-cost, group_by: instance-type, title: Cost by instance type, chart: {kind: bars, title: Cost by instance type, value: cost, part: wasted_cost, top: 10}}
  - {report: failure-trend, period: 12-intervals}
  - {report: regressions, title: What got worse or better, empty: No change that is more than chance.}
  - {report: durations, title: The slowest runners}
  - {report: waste, title: The most wasteful runners, chart: {kind: bars, title: Cost that came to nothing, category: [runner, source, runner_id], value: wasted_cost, top: 10}}
*/
WITH
-- Whole months are held against as many months, anything else against as many days.
span AS (
  SELECT
    CASE
      WHEN strftime('%d', :from_day * 86400, 'unixepoch') = '01' AND strftime('%d', :to_day * 86400, 'unixepoch') = '01'
      THEN CAST(julianday(
          strftime('%Y-%m-01', :from_day * 86400, 'unixepoch'),
          '-' || (
            (strftime('%Y', :to_day * 86400, 'unixepoch') - strftime('%Y', :from_day * 86400, 'unixepoch')) * 12
            + strftime('%m', :to_day * 86400, 'unixepoch') - strftime('%m', :from_day * 86400, 'unixepoch')
          ) || ' months'
        ) - 2440587.5 AS INTEGER)
      ELSE 2 * :from_day - :to_day
    END AS before_day
),
-- Closed months that lie wholly in the period, or in the one before, count as they were closed.
closed AS (
  SELECT first_day >= :from_day AS is_now, month, first_day, end_day
  FROM closed_month
  WHERE (first_day >= :from_day AND end_day <= :to_day)
    OR (first_day >= (SELECT before_day FROM span) AND end_day <= :from_day)
),
closed_days AS (
  SELECT
    coalesce(min(first_day) FILTER (WHERE is_now = 1), 0) AS from_day,
    coalesce(max(end_day) FILTER (WHERE is_now = 1), 0) AS to_day,
    coalesce(min(first_day) FILTER (WHERE is_now = 0), 0) AS before_from_day,
    coalesce(max(end_day) FILTER (WHERE is_now = 0), 0) AS before_to_day
  FROM closed
),
-- One sum per price, so that every product is exact; of the period, and of the one before.
tallied AS (
  SELECT
    run_day.day >= :from_day AS is_now, run_day.runner_id, run_day.price_id,
    sum(run_day.runs) AS runs,
    sum(run_day.runs * outcome.is_rated) AS rated,
    sum(run_day.runs * outcome.is_failed) AS failed,
    sum(run_day.billed) AS billed,
    sum(run_day.billed * outcome.is_wasted) AS wasted,
    sum(CASE WHEN run_day.price_id = 0 THEN run_day.timed_runs ELSE 0 END) AS unpriced_runs,
    0 AS open_runs,
    0 AS accrued
  FROM run_day
  JOIN selected_runner USING (runner_id)
  JOIN outcome USING (outcome)
  WHERE run_day.day >= (SELECT before_day FROM span) AND run_day.day < :to_day
    AND NOT (run_day.day >= (SELECT from_day FROM closed_days) AND run_day.day < (SELECT to_day FROM closed_days))
    AND NOT (
      run_day.day >= (SELECT before_from_day FROM closed_days)
      AND run_day.day < (SELECT before_to_day FROM closed_days)
    )
  GROUP BY 1, 2, 3
),
-- Runs that are still open.
opening AS (
  SELECT open_run.runner_id, open_run.started_at, coalesce(open_run.started_at, :as_of) AS counted_at, open_run.read_at
  FROM open_run
  JOIN selected_runner USING (runner_id)
),
line AS (
  SELECT * FROM tallied
  UNION ALL
  SELECT 1, runner_id, price_at(runner_id, counted_at), 0, 0, 0, 0, 0, 0, 1, 0
  FROM opening
  WHERE local_day(counted_at) >= :from_day AND local_day(counted_at) < :to_day
    AND NOT (local_day(counted_at) >= (SELECT from_day FROM closed_days) AND local_day(counted_at) < (SELECT to_day FROM closed_days))
  UNION ALL
  SELECT 1, opening.runner_id, slice.price_id, 0, 0, 0, 0, 0, 0, 0, slice.billed
  FROM opening
  JOIN slices(opening.runner_id, opening.started_at, opening.read_at) AS slice
  WHERE opening.started_at < opening.read_at AND slice.day >= :from_day AND slice.day < :to_day
    AND NOT (slice.day >= (SELECT from_day FROM closed_days) AND slice.day < (SELECT to_day FROM closed_days))
),
-- What is unpriced has no currency of its own: it joins the runner's, and adds nothing to it.
priced AS (
  SELECT
    line.is_now, price.price_second, coalesce(price.currency, runner_detail.currency) AS currency,
    sum(line.runs) AS runs, sum(line.rated) AS rated, sum(line.failed) AS failed, sum(line.billed) AS billed,
    sum(line.wasted) AS wasted, sum(line.unpriced_runs) AS unpriced_runs, sum(line.open_runs) AS open_runs,
    sum(line.accrued) AS accrued
  FROM line
  JOIN price USING (price_id)
  JOIN runner_detail USING (runner_id)
  GROUP BY 1, 2, 3
  UNION ALL
  SELECT
    closed.is_now, closed_line.price_second, closed_line.currency,
    sum(closed_line.runs), sum(closed_line.runs * outcome.is_rated), sum(closed_line.runs * outcome.is_failed),
    sum(closed_line.billed), sum(closed_line.billed * outcome.is_wasted),
    sum(CASE WHEN closed_line.price_second IS NULL THEN closed_line.timed_runs ELSE 0 END), 0, 0
  FROM closed
  JOIN closed_line ON closed_line.month = closed.month AND closed_line.closed_with = closed.month
  JOIN selected_runner USING (runner_id)
  JOIN outcome USING (outcome)
  GROUP BY 1, 2, 3
),
summed AS (
  SELECT
    is_now, currency, sum(runs) AS runs, sum(rated) AS rated, sum(failed) AS failed,
    sum(unpriced_runs) AS unpriced_runs, sum(open_runs) AS open_runs,
    CASE WHEN sum(billed) = 0 THEN '0' ELSE money_sum(cost(nullif(billed, 0), price_second)) END AS cost,
    CASE WHEN sum(wasted) = 0 THEN '0' ELSE money_sum(cost(nullif(wasted, 0), price_second)) END AS wasted_cost,
    CASE WHEN sum(accrued) = 0 THEN '0' ELSE money_sum(cost(nullif(accrued, 0), price_second)) END AS accrued_cost
  FROM priced
  GROUP BY 1, 2
),
-- Of a period with nothing in it the currencies of the runners are still told.
shown AS (
  SELECT currency FROM summed
  UNION
  SELECT currency FROM runner_detail JOIN selected_runner USING (runner_id)
)
SELECT
  :state AS state,
  :state_reason AS state_reason,
  coalesce(now.runs, 0) AS runs,
  coalesce(before.runs, 0) AS runs_before,
  CASE WHEN now.runs IS NULL THEN '0' ELSE now.cost END AS cost,
  CASE WHEN before.runs IS NULL THEN '0' ELSE before.cost END AS cost_before,
  money_less(
    CASE WHEN now.runs IS NULL THEN '0' ELSE now.cost END,
    CASE WHEN before.runs IS NULL THEN '0' ELSE before.cost END) AS cost_change,
  money_share(money_less(CASE WHEN now.runs IS NULL THEN '0' ELSE now.cost END, before.cost), before.cost)
    AS cost_change_share,
  CASE WHEN now.runs IS NULL THEN '0' ELSE now.wasted_cost END AS wasted_cost,
  money_share(now.wasted_cost, now.cost) AS wasted_share,
  coalesce(now.rated, 0) AS rated_runs,
  coalesce(now.failed, 0) AS failed,
  CASE WHEN now.rated > 0 THEN now.failed * 1.0 / now.rated END AS failure_rate,
  wilson_low(now.failed, now.rated) AS failure_rate_low,
  wilson_high(now.failed, now.rated) AS failure_rate_high,
  CASE WHEN before.rated > 0 THEN before.failed * 1.0 / before.rated END AS failure_rate_before,
  fisher(before.failed, before.rated, now.failed, now.rated) AS failure_rate_p,
  coalesce(now.unpriced_runs, 0) AS unpriced_runs,
  coalesce(now.open_runs, 0) AS open_runs,
  CASE WHEN now.runs IS NULL THEN '0' ELSE now.accrued_cost END AS accrued_cost,
  shown.currency,
  json_extract(:budgets, '$.' || json_quote(shown.currency)) AS budget,
  money_share(
    CASE WHEN now.runs IS NULL THEN '0' ELSE now.cost END,
    json_extract(:budgets, '$.' || json_quote(shown.currency))) AS budget_share
FROM shown
LEFT JOIN summed AS now ON now.currency IS shown.currency AND now.is_now = 1
LEFT JOIN summed AS before ON before.currency IS shown.currency AND before.is_now = 0
ORDER BY shown.currency;
