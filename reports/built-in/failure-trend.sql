/*
title: Failure trend
question: Is it failing more than it used to, or is that chance?
description: Failed are failures, errors and timeouts, out of these and successes. Cancelled, skipped and unknown runs are shown but not rated.
schema_version: 2
parameters: [period, source, runner, interval, group-by]
default_period: 12-intervals
tally: {by: interval, of: source}
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
    period_start(tally.day, :interval) AS period,
    CASE WHEN :by_source OR :by_runner THEN tally.source_id END AS source_id,
    CASE WHEN :by_runner THEN tally.runner_id END AS runner_id,
    CASE
      WHEN :by_instance_type THEN (
        SELECT coalesce(instance_type.slug, instance_type.name)
        FROM instance_type
        WHERE instance_type.instance_type_id = tally.instance_type_id
      )
    END AS instance_type,
    tally.outcome,
    sum(CASE WHEN tally.day >= :from_day THEN tally.runs ELSE 0 END) AS runs,
    sum(tally.runs) AS whole_runs
  FROM tally
  WHERE tally.period = 'compared' AND tally.runs <> 0
  GROUP BY 1, 2, 3, 4, 5
),
summed AS (
  SELECT
    period, source_id, runner_id, instance_type,
    sum(counted.runs) AS runs,
    sum(counted.runs * (outcome.word = 'success')) AS successes,
    sum(counted.runs * (outcome.word = 'failure')) AS failures,
    sum(counted.runs * (outcome.word = 'error')) AS errors,
    sum(counted.runs * (outcome.word = 'timeout')) AS timeouts,
    sum(counted.runs * (outcome.word = 'cancellation')) AS cancellations,
    sum(counted.runs * (outcome.word = 'skip')) AS skips,
    sum(counted.runs * (outcome.word = 'unknown')) AS unknown,
    sum(counted.runs * outcome.is_failed) AS failed,
    sum(counted.runs * outcome.is_rated) AS rated_runs,
    sum(counted.whole_runs * outcome.is_failed) AS whole_failed,
    sum(counted.whole_runs * outcome.is_rated) AS whole_rated
  FROM counted
  JOIN outcome USING (outcome)
  GROUP BY 1, 2, 3, 4
),
-- Each beside the newest one before it, which is the calendar period just before unless that had no runs.
compared AS (
  SELECT
    summed.*,
    lag(period) OVER older AS older_period,
    lag(whole_failed) OVER older AS older_failed,
    lag(whole_rated) OVER older AS older_rated
  FROM summed
  WINDOW older AS (PARTITION BY source_id, runner_id, instance_type ORDER BY period)
),
rated AS (
  SELECT
    compared.*,
    CASE WHEN older_period = period_before(period, :interval) THEN older_failed END AS failed_before,
    CASE WHEN older_period = period_before(period, :interval) THEN older_rated END AS rated_before
  FROM compared
  WHERE period >= period_start(:from_day, :interval) AND runs > 0
)
SELECT
  rated.period, source.name AS source, selected_runner.runner, selected_runner.runner_external_id AS runner_id,
  rated.instance_type,
  rated_runs, successes, failures, errors, timeouts, cancellations, skips, unknown, failed,
  failed * 1.0 / nullif(rated_runs, 0) AS failure_rate,
  wilson_low(failed, rated_runs) AS failure_rate_low,
  wilson_high(failed, rated_runs) AS failure_rate_high,
  fisher(failed_before, rated_before, failed, rated_runs) AS change_p,
  failed_before * 1.0 / nullif(rated_before, 0) AS failure_rate_before
FROM rated
LEFT JOIN source ON source.source_id = rated.source_id
LEFT JOIN selected_runner ON selected_runner.runner_id = rated.runner_id
ORDER BY rated.period, source.name, selected_runner.runner, selected_runner.runner_external_id, rated.instance_type;
