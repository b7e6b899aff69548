/*
title: Runners
question: Which runners are broken, as a test report that a CI server can follow through time?
description: One suite per source, one test case per runner with a stable name; it passes when the runner's latest finished run succeeded.
format_of: runners
format: [junit]
parameters: [period, source, runner]
default_period: 30-days
groups:
  - {name: suite, type: text, description: "The configured account."}
  - {name: package, type: text, description: "The vendor."}
  - {name: hostname, type: text, description: "The configured account."}
  - {name: timestamp, type: instant, description: "The earliest start of the latest runs."}
  - {name: tests, type: integer, description: "Runners."}
  - {name: failures, type: integer, description: "Runners whose latest finished run failed with an exit code."}
  - {name: errors, type: integer, description: "Runners whose latest finished run ended in an error or a timeout."}
  - {name: skipped, type: integer, description: "Runners whose latest finished run was cancelled, skipped or unknown, or that have none."}
  - {name: time, type: seconds, description: "The sum of the latest runtimes."}
columns:
  - {name: name, type: text, description: "The runner's newest name, with its id where two share it."}
  - {name: package, type: text, description: "The configured account."}
  - {name: suite, type: text, description: "Always null."}
  - {name: time, type: seconds, description: "The runtime of the latest finished run."}
  - {name: outcome, type: word, description: "What became of it."}
  - {name: message, type: text, description: "The reason in a few words."}
  - {name: detail, type: text, description: "The recent failures."}
*/
-- groups
WITH latest AS (
  SELECT
    selected_runner.runner_id,
    (
      SELECT run.run_id
      FROM run
      WHERE run.runner_id = selected_runner.runner_id AND run.ended_at < :to_at
      ORDER BY run.ended_at DESC, run.run_id DESC
      LIMIT 1
    ) AS run_id
  FROM selected_runner
)
SELECT
  runner_detail.source AS suite,
  runner_detail.vendor AS package,
  runner_detail.source AS hostname,
  min(coalesce(run.started_at, run.created_at, run.ended_at)) AS timestamp,
  count(*) AS tests,
  count(*) FILTER (WHERE run.outcome = 3) AS failures,
  count(*) FILTER (WHERE run.outcome IN (4, 5)) AS errors,
  count(*) FILTER (WHERE run.outcome > 5 OR run.run_id IS NULL) AS skipped,
  coalesce(sum(max(0, run.ended_at - run.started_at)), 0) AS time,
  runner_detail.source AS group_key
FROM latest
JOIN runner_detail USING (runner_id)
LEFT JOIN run ON run.run_id = latest.run_id
GROUP BY runner_detail.source
ORDER BY runner_detail.source;
-- rows
WITH latest AS (
  SELECT
    selected_runner.runner_id,
    (
      SELECT run.run_id
      FROM run
      WHERE run.runner_id = selected_runner.runner_id AND run.ended_at < :to_at
      ORDER BY run.ended_at DESC, run.run_id DESC
      LIMIT 1
    ) AS run_id
  FROM selected_runner
),
counted AS (
  SELECT
    run_day.runner_id,
    sum(run_day.runs * outcome.is_failed) AS failed,
    sum(run_day.runs * outcome.is_rated) AS rated
  FROM run_day
  JOIN selected_runner USING (runner_id)
  JOIN outcome USING (outcome)
  WHERE run_day.day >= :from_day AND run_day.day < :to_day
  GROUP BY run_day.runner_id
)
SELECT
  CASE
    WHEN count(*) OVER (PARTITION BY runner_detail.source, runner_detail.runner) = 1 THEN runner_detail.runner
    ELSE runner_detail.runner || ' (' || runner_detail.runner_external_id || ')'
  END AS name,
  runner_detail.source AS package,
  NULL AS suite,
  max(0, run.ended_at - run.started_at) AS time,
  outcome.word AS outcome,
  CASE outcome.word
    WHEN 'failure' THEN 'exit code ' || run.exit_code
    WHEN 'timeout' THEN 'timed out after ' || timeout_at(run.runner_id, run.started_at) || ' s (inferred)'
    WHEN 'error' THEN 'failed without an exit code'
    WHEN 'unknown' THEN 'unknown status ' || run.status
    ELSE coalesce(outcome.word, 'no finished run')
  END AS message,
  coalesce('run ' || run.external_id || ', completed ' || rfc3339(run.ended_at) || '; ', '')
    || coalesce(counted.failed, 0) || ' of ' || coalesce(counted.rated, 0) || ' runs failed in the period' AS detail,
  runner_detail.source AS group_key
FROM latest
JOIN runner_detail USING (runner_id)
LEFT JOIN run ON run.run_id = latest.run_id
LEFT JOIN outcome ON outcome.outcome = run.outcome
LEFT JOIN counted ON counted.runner_id = latest.runner_id
ORDER BY runner_detail.source, runner_detail.runner, runner_detail.runner_external_id;
