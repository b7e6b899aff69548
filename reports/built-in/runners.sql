/*
title: Runners
question: How is each runner doing?
description: Every runner, also those without runs in the period. The last outcome is that of the latest run that finished before the period's end. A runner paid in several currencies has a row for each; what its runs were stands on the first of them only, so that it adds up.
schema_version: 2
parameters: [period, source, runner]
default_period: 30-days
tally: {by: month}
columns:
  - {name: source, type: word, description: "The configured account."}
  - {name: runner, type: text, description: "The runner's newest name."}
  - {name: runner_id, type: word, description: "The vendor's id of the runner."}
  - {name: last_outcome, type: word, title: last, description: "What became of its latest finished run."}
  - {name: last_run_at, type: instant, title: at, description: "When that run ended."}
  - {name: runs, type: integer, description: "Runs that finished in the period; null on a runner's rows after its first."}
  - {name: failed, type: integer, description: "Of these, failures, errors and timeouts; null where runs is."}
  - {name: failure_rate, type: rate, title: rate, description: "failed out of failed and successes; null without any, and where runs is."}
  - {name: duration_p95_seconds, type: seconds, title: p95, description: "95 % of its successful runs took at most this long; null without any, and where runs is."}
  - {name: cost, type: money, description: "What its time in the period cost; null where nothing of it is priced."}
  - {name: currency, type: word, description: "ISO 4217 code."}
sort: [source, runner, runner_id, currency]
totals: [runs, failed, cost]
rounding: true
formats: [junit]
layout:
  - runner
  - {column: cost, missing: unpriced}
  - currency
  - source
  - {column: last_outcome, missing: no run}
  - last_run_at
  - failure_rate
  - failed
  - runs
  - duration_p95_seconds
chart: {kind: bars, title: Runs and failures, category: [runner, source, runner_id], value: runs, part: failed, top: 12}
filled_by: "Every runner that a harvest has read is here; runtally harvest reads them."
*/
WITH
counted AS (
  SELECT
    tally.runner_id,
    sum(tally.runs) AS runs,
    sum(tally.runs * outcome.is_failed) AS failed,
    sum(tally.runs * outcome.is_rated) AS rated
  FROM tally
  JOIN outcome USING (outcome)
  WHERE tally.period = 'asked'
  GROUP BY tally.runner_id
),
-- One sum per price, so that every product is exact.
consumed AS (
  SELECT tally.runner_id, tally.price_id, sum(tally.billed) AS billed
  FROM tally
  WHERE tally.period = 'asked'
  GROUP BY tally.runner_id, tally.price_id
),
priced AS (
  SELECT
    consumed.runner_id, runner_price.currency,
    cost_sum(consumed.billed, runner_price.price_second) AS cost,
    sum(consumed.billed) AS billed,
    row_number() OVER (PARTITION BY consumed.runner_id ORDER BY runner_price.currency) = 1 AS is_first
  FROM consumed
  JOIN runner_price USING (runner_id, price_id)
  WHERE consumed.billed > 0
  GROUP BY 1, 2
),
timed AS (
  SELECT tally_times.runner_id, json_extract(times_summary(tally_times.runtimes, 95), '$.p95') AS p95
  FROM tally_times
  JOIN outcome USING (outcome)
  WHERE tally_times.period = 'asked' AND outcome.word = 'success'
  GROUP BY tally_times.runner_id
)
SELECT
  runner_detail.source,
  runner_detail.runner,
  runner_detail.runner_external_id AS runner_id,
  outcome.word AS last_outcome,
  latest_run.ended_at AS last_run_at,
  -- Counts stand once, however many currencies follow.
  CASE WHEN coalesce(priced.is_first, 1) THEN coalesce(counted.runs, 0) END AS runs,
  CASE WHEN coalesce(priced.is_first, 1) THEN coalesce(counted.failed, 0) END AS failed,
  CASE WHEN coalesce(priced.is_first, 1) AND counted.rated > 0 THEN counted.failed * 1.0 / counted.rated END
    AS failure_rate,
  CASE WHEN coalesce(priced.is_first, 1) THEN timed.p95 END AS duration_p95_seconds,
  CASE WHEN priced.runner_id IS NULL THEN '0' ELSE priced.cost END AS cost,
  coalesce(priced.currency, runner_detail.currency) AS currency,
  priced.billed AS cost_time
FROM latest_run
JOIN runner_detail USING (runner_id)
LEFT JOIN outcome USING (outcome)
LEFT JOIN counted USING (runner_id)
LEFT JOIN timed USING (runner_id)
LEFT JOIN priced USING (runner_id)
ORDER BY runner_detail.source, runner_detail.runner, runner_detail.runner_external_id, 11;
