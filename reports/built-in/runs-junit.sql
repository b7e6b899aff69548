/*
title: Runs
question: Which runs of a period failed, as a test report to keep?
description: One suite per runner, one test case per run.
format_of: runs
format: [junit]
parameters: [period, instants, source, runner, outcome, exit-code]
default_period: 30-days
default_outcome: any
groups:
  - {name: suite, type: text, description: "The runner's newest name."}
  - {name: package, type: text, description: "The configured account."}
  - {name: hostname, type: text, description: "The runner's region, or the account where it has none."}
  - {name: timestamp, type: instant, description: "The earliest start of the suite's runs."}
  - {name: tests, type: integer, description: "Runs."}
  - {name: failures, type: integer, description: "Runs with a non-zero exit code."}
  - {name: errors, type: integer, description: "Errors and timeouts."}
  - {name: skipped, type: integer, description: "Cancelled, skipped and unknown runs."}
  - {name: time, type: seconds, description: "The sum of the runtimes."}
  - {name: runner.id, type: word, description: "The vendor's id of the runner."}
  - {name: instance_type, type: text, description: "The runner's machine size now."}
columns:
  - {name: name, type: text, description: "run and the vendor's id of the run."}
  - {name: package, type: text, description: "The configured account."}
  - {name: suite, type: text, description: "The runner's newest name."}
  - {name: time, type: seconds, description: "The runtime."}
  - {name: outcome, type: word, description: "What became of the run."}
  - {name: message, type: text, description: "The reason in a few words."}
  - {name: detail, type: text, description: "When it ran."}
*/
-- groups
SELECT
  runner_detail.runner AS suite,
  runner_detail.source AS package,
  coalesce(runner_detail.region, runner_detail.source) AS hostname,
  min(coalesce(run.started_at, run.created_at, run.ended_at)) AS timestamp,
  count(*) AS tests,
  count(*) FILTER (WHERE outcome.word = 'failure') AS failures,
  count(*) FILTER (WHERE outcome.word IN ('error', 'timeout')) AS errors,
  count(*) FILTER (WHERE NOT outcome.is_rated) AS skipped,
  coalesce(sum(max(0, run.ended_at - run.started_at)), 0) AS time,
  runner_detail.runner_external_id AS "runner.id",
  runner_detail.instance_type,
  run.runner_id AS group_key
FROM selected_runner
CROSS JOIN runner_detail USING (runner_id)
CROSS JOIN run USING (runner_id)
JOIN outcome USING (outcome)
WHERE run.ended_at >= :from_at AND run.ended_at < :to_at
  AND outcome.word IN (SELECT value FROM json_each(:outcomes))
  AND (:exit_codes IS NULL OR EXISTS (SELECT 1 FROM json_each(:exit_codes) AS code WHERE code.value IS run.exit_code))
GROUP BY selected_runner.position
ORDER BY selected_runner.position;
-- rows
SELECT
  'run ' || run.external_id AS name,
  runner_detail.source AS package,
  runner_detail.runner AS suite,
  max(0, run.ended_at - run.started_at) AS time,
  outcome.word AS outcome,
  CASE outcome.word
    WHEN 'failure' THEN 'exit code ' || run.exit_code
    WHEN 'timeout' THEN 'timed out after ' || timeout_at(run.runner_id, run.started_at) || ' s (inferred)'
    WHEN 'error' THEN 'failed without an exit code'
    WHEN 'unknown' THEN 'unknown status ' || run.status
    ELSE outcome.word
  END AS message,
  'created ' || coalesce(rfc3339(run.created_at), '–') || ', started ' || coalesce(rfc3339(run.started_at), '–')
    || ', completed ' || coalesce(rfc3339(run.ended_at), '–') AS detail,
  run.runner_id AS group_key
FROM selected_runner
CROSS JOIN runner_detail USING (runner_id)
CROSS JOIN run USING (runner_id)
JOIN outcome USING (outcome)
WHERE run.ended_at >= :from_at AND run.ended_at < :to_at
  AND outcome.word IN (SELECT value FROM json_each(:outcomes))
  AND (:exit_codes IS NULL OR EXISTS (SELECT 1 FROM json_each(:exit_codes) AS code WHERE code.value IS run.exit_code))
ORDER BY selected_runner.position, run.ended_at, run.external_id;
