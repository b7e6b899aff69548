/*
title: Metrics
question: What does monitoring scrape?
description: Gauges for Prometheus and its like, one row each. Runs, times and costs are those of the period; a runner without any has no row rather than a 0. Gauges of a period of 30 days have 30d in their names, as in runtally_30d_cost_eur, and those of any other period have period there. The latest run is the latest that finished before the period's end. Costs are read as floating point there; exact ones are in the other reports.
schema_version: 3
parameters: [period, source, runner]
default_period: 30-days
tally: {by: month}
columns:
  - {name: metric, type: word, description: "The name, with its unit at the end."}
  - {name: unit, type: word, description: "seconds, ratio, or a currency in small letters; null for counts."}
  - {name: help, type: word, description: "What it counts or measures."}
  - {name: source, type: word, description: "The configured account."}
  - {name: runner, type: text, description: "The runner's newest name; null for what is of a source."}
  - {name: runner_id, type: word, description: "The vendor's id of the runner; null for what is of a source."}
  - {name: outcome, type: word, description: "What became of the runs; null for what is of all of them."}
  - {name: value, type: decimal, description: "A count, seconds, a ratio or an amount, by metric and unit: always a decimal number, in JSON a string."}
sort: [metric, source, runner, runner_id, outcome]
formats: [openmetrics]
*/
WITH
named AS (
  SELECT
    selected_runner.runner_id AS id, runner_detail.source, runner_detail.runner,
    runner_detail.runner_external_id AS runner_id
  FROM selected_runner
  JOIN runner_detail USING (runner_id)
),
counted AS (
  SELECT
    tally.runner_id,
    tally.outcome,
    sum(tally.runs) AS runs,
    sum(CASE WHEN tally.price_id = 0 THEN tally.timed_runs ELSE 0 END) AS unpriced
  FROM tally
  WHERE tally.period = 'asked'
  GROUP BY tally.runner_id, tally.outcome
  -- A day may have time of runs that finished later, and none that did.
  HAVING sum(tally.runs) > 0
),
rated AS (
  SELECT
    counted.runner_id,
    sum(counted.unpriced) AS unpriced,
    sum(counted.runs * outcome.is_failed) AS failed,
    sum(counted.runs * outcome.is_rated) AS rated
  FROM counted
  JOIN outcome USING (outcome)
  GROUP BY counted.runner_id
),
timed AS (
  SELECT
    tally_times.runner_id,
    times_summary(tally_times.runtimes, 50, 95) AS runtime,
    times_summary(tally_times.queues, 95) AS queue
  FROM tally_times
  JOIN outcome USING (outcome)
  WHERE tally_times.period = 'asked' AND outcome.word = 'success'
  GROUP BY tally_times.runner_id
),
-- One sum per price, so that every product is exact.
consumed AS (
  SELECT
    tally.runner_id, tally.price_id, sum(tally.billed) AS billed,
    sum(tally.billed * outcome.is_wasted) AS wasted
  FROM tally
  JOIN outcome USING (outcome)
  WHERE tally.period = 'asked' AND tally.price_id <> 0
  GROUP BY tally.runner_id, tally.price_id
  -- A price at which no time was used says nothing of the cost of time that has none.
  HAVING sum(tally.billed) > 0
),
paid AS (
  SELECT
    consumed.runner_id,
    lower(runner_price.currency) AS currency,
    cost_sum(consumed.billed, runner_price.price_second) AS cost,
    cost_sum(consumed.wasted, runner_price.price_second) AS wasted_cost
  FROM consumed
  JOIN runner_price USING (runner_id, price_id)
  GROUP BY 1, 2
),
last_run AS (
  SELECT named.id, latest_run.ended_at
  FROM named
  JOIN latest_run ON latest_run.runner_id = named.id
),
state AS (
  SELECT named.id, runner_sample.online, runner_sample.active, runner_sample.capacity
  FROM named
  JOIN runner_sample ON runner_sample.runner_sample_id = (
    SELECT newest.runner_sample_id
    FROM runner_sample AS newest
    WHERE newest.runner_id = named.id
    ORDER BY newest.harvest_id DESC
    LIMIT 1
  )
),
visited AS (
  SELECT
    source.name,
    max(CASE WHEN harvest.complete = 1 THEN harvest.finished_at END) AS complete_at
  FROM selected_source
  JOIN source USING (source_id)
  JOIN harvest USING (source_id)
  GROUP BY source.source_id
),
gauge (metric, unit, help, id, outcome, value) AS (
  SELECT 'runtally_period_runs', NULL, 'Finished runs of the period.', counted.runner_id, outcome.word, counted.runs
  FROM counted
  JOIN outcome USING (outcome)
  UNION ALL
  SELECT 'runtally_period_unpriced_runs', NULL, 'Finished runs of the period that ran without any price.', runner_id, NULL,
    unpriced
  FROM rated
  UNION ALL
  SELECT 'runtally_open_runs', NULL, 'Runs that are not finished.', named.id, NULL,
    (SELECT count(*) FROM run INDEXED BY run_open WHERE run.runner_id = named.id AND run.ended_at IS NULL)
  FROM named
  UNION ALL
  SELECT 'runtally_period_failure_ratio', 'ratio', 'Failures, errors and timeouts of the period out of these and successes.',
    runner_id, NULL, failed * 1.0 / rated
  FROM rated
  WHERE rated > 0
  UNION ALL
  SELECT 'runtally_period_failure_low_ratio', 'ratio', 'Lower end of the Wilson 95 % interval of the failure ratio.',
    runner_id, NULL, wilson_low(failed, rated)
  FROM rated
  WHERE rated > 0
  UNION ALL
  SELECT 'runtally_period_failure_high_ratio', 'ratio', 'Upper end of the Wilson 95 % interval of the failure ratio.',
    runner_id, NULL, wilson_high(failed, rated)
  FROM rated
  WHERE rated > 0
  UNION ALL
  SELECT 'runtally_period_run_duration_p50_seconds', 'seconds', 'Median runtime of the successful runs of the period.',
    runner_id, NULL, seconds(json_extract(runtime, '$.p50'))
  FROM timed
  UNION ALL
  SELECT 'runtally_period_run_duration_p95_seconds', 'seconds', '95 % of the successful runs of the period took at most this.',
    runner_id, NULL, seconds(json_extract(runtime, '$.p95'))
  FROM timed
  UNION ALL
  SELECT 'runtally_period_run_queue_p95_seconds', 'seconds', '95 % of the successful runs of the period waited at most this.',
    runner_id, NULL, seconds(json_extract(queue, '$.p95'))
  FROM timed
  UNION ALL
  SELECT 'runtally_last_run_timestamp_seconds', 'seconds', 'When the latest finished run ended.', id, NULL,
    seconds(ended_at)
  FROM last_run
  UNION ALL
  SELECT 'runtally_period_cost' || coalesce('_' || currency, ''), currency, 'Billed time of the period times its price.',
    runner_id, NULL, cost
  FROM paid
  UNION ALL
  SELECT 'runtally_period_wasted_cost' || coalesce('_' || currency, ''), currency,
    'The part of the cost that belongs to failures, errors, timeouts and cancellations.', runner_id, NULL, wasted_cost
  FROM paid
  UNION ALL
  SELECT 'runtally_runner_online', NULL, 'Whether the vendor called the runner online when it was last read.', id,
    NULL, online
  FROM state
  UNION ALL
  SELECT 'runtally_runner_active', NULL, 'Runs that the runner had in hand when it was last read.', id, NULL, active
  FROM state
  UNION ALL
  SELECT 'runtally_runner_capacity', NULL, 'Runs that the runner can have in hand.', id, NULL, capacity
  FROM state
)
SELECT
  CASE WHEN :to_day - :from_day = 30 THEN replace(gauge.metric, '_period_', '_30d_') ELSE gauge.metric END AS metric, gauge.unit, gauge.help, named.source, named.runner, named.runner_id, gauge.outcome, gauge.value
FROM gauge
JOIN named ON named.id = gauge.id
WHERE gauge.value IS NOT NULL
UNION ALL
SELECT
  'runtally_source_read_timestamp_seconds', 'seconds', 'When the source was last read completely.', visited.name,
  NULL, NULL, NULL, seconds(visited.complete_at)
FROM visited
WHERE visited.complete_at IS NOT NULL
UNION ALL
SELECT
  CASE WHEN :to_day - :from_day = 30 THEN replace(bound.metric, '_period_', '_30d_') ELSE bound.metric END, 'seconds',
  bound.help, NULL, NULL, NULL, NULL, seconds(bound.at)
FROM (
  SELECT 'runtally_period_start_timestamp_seconds' AS metric, 'Where the period begins.' AS help, :from_at AS at
  UNION ALL
  SELECT 'runtally_period_end_timestamp_seconds', 'Where the period ends, which is not in it.', :to_at
) AS bound
ORDER BY 1, 4, 5, 6, 7;
