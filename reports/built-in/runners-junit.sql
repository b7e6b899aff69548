/*
title: Runners
question: Which runners are broken, as a test report that a CI server can follow through time?
description: One suite per source, one test case per runner with a stable name, of sources that tell of runs; it passes when the runner's latest finished run succeeded.
format_of: runners
format: [junit]
parameters: [period, source, runner]
default_period: 30-days
tally: {by: month}
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
  - {name: time, type: seconds, description: "The runtime of the latest finished latest_run."}
  - {name: outcome, type: word, description: "What became of it."}
  - {name: message, type: text, description: "The reason in a few words."}
  - {name: detail, type: text, description: "The recent failures."}
*/
-- groups
SELECT
  runner_detail.source AS suite,
  runner_detail.vendor AS package,
  runner_detail.source AS hostname,
  min(coalesce(latest_run.started_at, latest_run.created_at, latest_run.ended_at)) AS timestamp,
  count(*) AS tests,
  count(*) FILTER (WHERE outcome.word = 'failure') AS failures,
  count(*) FILTER (WHERE outcome.word IN ('error', 'timeout')) AS errors,
  count(*) FILTER (WHERE coalesce(outcome.is_rated, 0) = 0) AS skipped,
  coalesce(sum(max(0, latest_run.ended_at - latest_run.started_at)), 0) AS time,
  runner_detail.source AS group_key
FROM latest_run
JOIN runner_detail USING (runner_id)
JOIN runner USING (runner_id)
LEFT JOIN outcome USING (outcome)
-- A runner that nobody can ever tell a run of is no test.
WHERE EXISTS (SELECT 1 FROM coverage WHERE coverage.source_id = runner.source_id AND coverage.runner_id > 0)
GROUP BY runner_detail.source
ORDER BY runner_detail.source;
-- rows
WITH
counted AS (
  SELECT
    tally.runner_id,
    sum(tally.runs * outcome.is_failed) AS failed,
    sum(tally.runs * outcome.is_rated) AS rated
  FROM tally
  JOIN outcome USING (outcome)
  WHERE tally.period = 'asked'
  GROUP BY tally.runner_id
)
SELECT
  CASE
    WHEN count(*) OVER (PARTITION BY runner_detail.source, runner_detail.runner) = 1 THEN runner_detail.runner
    ELSE runner_detail.runner || ' (' || runner_detail.runner_external_id || ')'
  END AS name,
  runner_detail.source AS package,
  NULL AS suite,
  max(0, latest_run.ended_at - latest_run.started_at) AS time,
  outcome.word AS outcome,
  CASE outcome.word
    WHEN 'failure' THEN 'exit code ' || latest_run.exit_code
    WHEN 'timeout' THEN 'timed out after ' || timeout_at(latest_run.runner_id, latest_run.started_at) || ' s (inferred)'
    WHEN 'error' THEN 'failed without an exit code'
    WHEN 'unknown' THEN 'unknown status ' || latest_run.status
    ELSE coalesce(outcome.word, 'no finished run')
  END AS message,
  coalesce('run ' || latest_run.external_id || ', completed ' || rfc3339(latest_run.ended_at) || '; ', '')
    || coalesce(counted.failed, 0) || ' of ' || coalesce(counted.rated, 0) || ' runs failed in the period' AS detail,
  runner_detail.source AS group_key
FROM latest_run
JOIN runner_detail USING (runner_id)
LEFT JOIN outcome USING (outcome)
LEFT JOIN counted USING (runner_id)
JOIN runner USING (runner_id)
WHERE EXISTS (SELECT 1 FROM coverage WHERE coverage.source_id = runner.source_id AND coverage.runner_id > 0)
ORDER BY runner_detail.source, runner_detail.runner, runner_detail.runner_external_id;
