/*
title: Durations
question: How long do runs take, and how long do they wait?
description: Percentiles are nearest-rank, so always a duration that occurred. They are over successful runs unless --outcome says otherwise, because fast failures hide slow successes.
schema_version: 2
parameters: [period, source, runner, group-by, outcome]
default_period: 30-days
tally: {by: month}
group_by: {default: runner, values: [none, source, runner, instance-type], most: 2, alone: [none]}
columns:
  - {name: source, type: word, by: [source, runner], description: "The configured account."}
  - {name: runner, type: text, by: [runner], description: "The runner's newest name."}
  - {name: runner_id, type: word, by: [runner], description: "The vendor's id of the runner."}
  - {name: instance_type, type: text, by: [instance-type], description: "The machine size that the runs had."}
  - {name: runs, type: integer, description: "Runs that finished in the period with an outcome asked for and have a runtime."}
  - {name: duration_min_seconds, type: seconds, title: min, description: "The shortest runtime."}
  - {name: duration_p50_seconds, type: seconds, title: p50, description: "Half of the runs took at most this long."}
  - {name: duration_p90_seconds, type: seconds, title: p90, description: "90 % of the runs took at most this long."}
  - {name: duration_p95_seconds, type: seconds, title: p95, description: "95 % of the runs took at most this long."}
  - {name: duration_p99_seconds, type: seconds, title: p99, description: "99 % of the runs took at most this long."}
  - {name: duration_max_seconds, type: seconds, title: max, description: "The longest runtime."}
  - {name: duration_mean_seconds, type: seconds, title: mean, description: "The mean runtime, to the millisecond."}
  - {name: queue_p50_seconds, type: seconds, title: queue p50, description: "Half of the runs waited at most this long between creation and start."}
  - {name: queue_p95_seconds, type: seconds, title: queue p95, description: "95 % of the runs waited at most this long."}
sort: [source, runner, runner_id, instance_type]
totals: [runs]
layout:
  - runner
  - duration_p50_seconds
  - duration_p90_seconds
  - duration_p95_seconds
  - duration_p99_seconds
  - runs
  - {column: instance_type, missing: none}
  - source
  - duration_min_seconds
  - duration_max_seconds
  - duration_mean_seconds
  - queue_p50_seconds
  - queue_p95_seconds
chart: {kind: range, title: From p50 to p95, low: duration_p50_seconds, high: duration_p95_seconds, top: 12}
filled_by: "Runs that succeed in the period are measured here; --outcome any measures the others too."
*/
WITH
-- One line for each month or day of each runner, with the times of all its runs.
finished AS (
  SELECT
    CASE WHEN :by_source OR :by_runner THEN selected_runner.source END AS source,
    CASE WHEN :by_runner THEN selected_runner.runner END AS runner,
    CASE WHEN :by_runner THEN selected_runner.runner_external_id END AS runner_id,
    CASE
      WHEN :by_instance_type THEN (
        SELECT coalesce(instance_type.slug, instance_type.name)
        FROM instance_type
        WHERE instance_type.instance_type_id = tally_times.instance_type_id
      )
    END AS instance_type,
    tally_times.runtimes,
    tally_times.queues
  FROM tally_times
  JOIN outcome USING (outcome)
  JOIN selected_runner USING (runner_id)
  WHERE tally_times.period = 'asked'
    AND outcome.word IN (SELECT value FROM json_each(:outcomes))
),
summed AS (
  SELECT
    source, runner, runner_id, instance_type,
    times_summary(runtimes, 50, 90, 95, 99) AS runtime,
    times_summary(queues, 50, 95) AS queue
  FROM finished
  GROUP BY source, runner, runner_id, instance_type
),
-- The mean is rounded half up to the millisecond.
counted AS (
  SELECT summed.*, json_extract(runtime, '$.count') AS runs, json_extract(runtime, '$.sum') AS total FROM summed
)
SELECT
  source, runner, runner_id, instance_type,
  runs,
  json_extract(runtime, '$.min') AS duration_min_seconds,
  json_extract(runtime, '$.p50') AS duration_p50_seconds,
  json_extract(runtime, '$.p90') AS duration_p90_seconds,
  json_extract(runtime, '$.p95') AS duration_p95_seconds,
  json_extract(runtime, '$.p99') AS duration_p99_seconds,
  json_extract(runtime, '$.max') AS duration_max_seconds,
  (2 * total + runs) / (2 * runs) AS duration_mean_seconds,
  json_extract(queue, '$.p50') AS queue_p50_seconds,
  json_extract(queue, '$.p95') AS queue_p95_seconds
FROM counted
ORDER BY source, runner, runner_id, instance_type;
