/*
title: Failure trend
question: Is it failing more than it used to, or is that chance?
description: Failed are failures, errors and timeouts, out of these and successes. Cancelled, skipped and unknown runs are shown but not rated.
schema_version: 2
parameters: [period, source, runner, interval, group-by]
default_period: 12-intervals
group_by: {default: none, values: [none, source, runner, instance-type], most: 2, alone: [none]}
columns:
  - {name: period, type: day, description: "The local day on which the day, week or month begins."}
  - {name: source, type: word, by: [source, runner], description: "The configured account."}
  - {name: runner, type: text, by: [runner], description: "The runner's newest name."}
  - {name: runner_id, type: word, by: [runner], description: "The vendor's id of the runner."}
  - {name: instance_type, type: text, by: [instance-type], description: "The machine size that the runs had."}
  - {name: rated_runs, type: integer, title: runs, description: "Finished runs that count in the rate."}
  - {name: successes, type: integer, description: "Runs that succeeded."}
  - {name: failures, type: integer, description: "Runs that ended with a non-zero exit code."}
  - {name: errors, type: integer, description: "Runs that the platform failed."}
  - {name: timeouts, type: integer, description: "Runs that were stopped for running too long."}
  - {name: cancellations, type: integer, description: "Runs that somebody stopped; not in the rate."}
  - {name: skips, type: integer, description: "Runs that were skipped; not in the rate."}
  - {name: unknown, type: integer, description: "Finished runs with a status this version does not know; not in the rate."}
  - {name: failed, type: integer, description: "failures + errors + timeouts."}
  - {name: failure_rate, type: rate, title: rate, description: "failed ÷ rated_runs; null without rated runs."}
  - {name: failure_rate_low, type: rate, description: "Lower end of the Wilson 95 % interval."}
  - {name: failure_rate_high, type: rate, description: "Upper end of the Wilson 95 % interval."}
  - {name: change_p, type: probability, title: change, description: "Fisher's exact two-sided p against the whole calendar period just before; null where that has no rated runs."}
  - {name: failure_rate_before, type: rate, title: rate before, description: "The failure rate of the whole calendar period just before, also where that is not shown, or in part; null where it has no rated runs."}
sort: [period, source, runner, runner_id, instance_type]
totals: [rated_runs, successes, failures, errors, timeouts, cancellations, skips, unknown, failed]
layout:
  - runner
  - {column: instance_type, missing: none}
  - period
  - source
  - failure_rate
  - {title: change, change: change_p, from: failure_rate_before, to: failure_rate}
  - {title: "95 % interval", interval: [failure_rate_low, failure_rate_high]}
  - rated_runs
  - failed
chart: {kind: line, title: Failure rate, x: period, y: failure_rate, interval: [failure_rate_low, failure_rate_high], step: [change_p, failure_rate_before]}
filled_by: "Runs that finish in the period are counted here once a harvest has read them; runtally status says what was read."
*/
WITH
-- The period, with the whole calendar period that it begins in and the one before: runs that are asked for, and all of
-- them, because a rate is held against a whole calendar period.
counted AS (
  SELECT
    period_start(run_day.day, :interval) AS period,
    CASE WHEN :by_source OR :by_runner THEN runner_detail.source END AS source,
    CASE WHEN :by_runner THEN runner_detail.runner END AS runner,
    CASE WHEN :by_runner THEN runner_detail.runner_external_id END AS runner_id,
    CASE WHEN :by_instance_type THEN coalesce(instance_type.slug, instance_type.name) END AS instance_type,
    run_day.outcome,
    sum(CASE WHEN run_day.day >= :from_day THEN run_day.runs ELSE 0 END) AS runs,
    sum(run_day.runs) AS whole_runs
  FROM run_day
  JOIN selected_runner USING (runner_id)
  JOIN runner_detail USING (runner_id)
  JOIN instance_type USING (instance_type_id)
  WHERE run_day.runs <> 0
    AND run_day.day >= period_before(period_start(:from_day, :interval), :interval)
    AND run_day.day < :to_day
  GROUP BY 1, 2, 3, 4, 5, 6
),
summed AS (
  SELECT
    period, source, runner, runner_id, instance_type,
    sum(counted.runs) AS runs,
    sum(counted.runs) FILTER (WHERE outcome.word = 'success') AS successes,
    sum(counted.runs) FILTER (WHERE outcome.word = 'failure') AS failures,
    sum(counted.runs) FILTER (WHERE outcome.word = 'error') AS errors,
    sum(counted.runs) FILTER (WHERE outcome.word = 'timeout') AS timeouts,
    sum(counted.runs) FILTER (WHERE outcome.word = 'cancellation') AS cancellations,
    sum(counted.runs) FILTER (WHERE outcome.word = 'skip') AS skips,
    sum(counted.runs) FILTER (WHERE outcome.word = 'unknown') AS unknown,
    sum(counted.whole_runs * outcome.is_failed) AS whole_failed,
    sum(counted.whole_runs * outcome.is_rated) AS whole_rated
  FROM counted
  JOIN outcome USING (outcome)
  GROUP BY 1, 2, 3, 4, 5
),
rated AS (
  SELECT
    period, source, runner, runner_id, instance_type, runs, whole_failed, whole_rated,
    coalesce(successes, 0) AS successes,
    coalesce(failures, 0) AS failures,
    coalesce(errors, 0) AS errors,
    coalesce(timeouts, 0) AS timeouts,
    coalesce(cancellations, 0) AS cancellations,
    coalesce(skips, 0) AS skips,
    coalesce(unknown, 0) AS unknown,
    coalesce(failures, 0) + coalesce(errors, 0) + coalesce(timeouts, 0) AS failed,
    coalesce(successes, 0) + coalesce(failures, 0) + coalesce(errors, 0) + coalesce(timeouts, 0) AS rated_runs
  FROM summed
)
SELECT
  current.period, current.source, current.runner, current.runner_id, current.instance_type,
  current.rated_runs, current.successes, current.failures, current.errors, current.timeouts,
  current.cancellations, current.skips, current.unknown, current.failed,
  CASE WHEN current.rated_runs > 0 THEN current.failed * 1.0 / current.rated_runs END AS failure_rate,
  wilson_low(current.failed, current.rated_runs) AS failure_rate_low,
  wilson_high(current.failed, current.rated_runs) AS failure_rate_high,
  fisher(before.whole_failed, before.whole_rated, current.failed, current.rated_runs) AS change_p,
  CASE WHEN before.whole_rated > 0 THEN before.whole_failed * 1.0 / before.whole_rated END AS failure_rate_before
FROM rated AS current
LEFT JOIN rated AS before
  ON before.period = period_before(current.period, :interval)
  AND before.source IS current.source
  AND before.runner_id IS current.runner_id
  AND before.instance_type IS current.instance_type
WHERE current.period >= period_start(:from_day, :interval) AND current.runs > 0
ORDER BY current.period, current.source, current.runner, current.runner_id, current.instance_type;
