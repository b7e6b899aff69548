/*
title: Durations
question: How long do runs take, and how long do they wait?
description: Percentiles are nearest-rank, so always a duration that occurred. They are over successful runs unless --outcome says otherwise, because fast failures hide slow successes.
parameters: [period, source, runner, group-by, outcome]
default_period: 30-days
group_by: {default: runner, values: [none, source, runner, instance-type]}
columns:
  - {name: source, type: word, description: "The configured account; null unless grouped by source or runner."}
  - {name: runner, type: text, description: "The runner's newest name; null unless grouped by runner."}
  - {name: runner_id, type: word, description: "The vendor's id of the runner; null unless grouped by runner."}
  - {name: instance_type, type: text, description: "The machine size that the runs had; null unless grouped by instance-type."}
  - {name: runs, type: integer, description: "Runs that finished in the period with the outcome asked for and have a runtime."}
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
layout: [source, runner, instance_type, runs, duration_min_seconds, duration_p50_seconds, duration_p90_seconds, duration_p95_seconds, duration_p99_seconds, duration_max_seconds, duration_mean_seconds, queue_p50_seconds, queue_p95_seconds]
chart: {kind: bars, title: The longest durations, value: duration_p95_seconds, part: duration_p50_seconds, top: 12}
*/
WITH
finished AS (
  SELECT
    CASE WHEN :group_by IN ('source', 'runner') THEN runner_detail.source END AS source,
    CASE WHEN :group_by = 'runner' THEN runner_detail.runner END AS runner,
    CASE WHEN :group_by = 'runner' THEN runner_detail.runner_external_id END AS runner_id,
    CASE
      WHEN :group_by = 'instance-type' THEN (
        SELECT coalesce(instance_type.slug, instance_type.name)
        FROM instance_type
        WHERE instance_type.instance_type_id = instance_type_at(run.runner_id, run.started_at)
      )
    END AS instance_type,
    max(0, run.ended_at - run.started_at) AS runtime,
    max(0, run.started_at - run.created_at) AS queue
  FROM selected_runner
  JOIN run USING (runner_id)
  JOIN outcome USING (outcome)
  JOIN runner_detail USING (runner_id)
  WHERE run.ended_at >= :from_at AND run.ended_at < :to_at
    AND run.started_at IS NOT NULL
    AND (outcome.word = :outcome OR :outcome = 'any')
)
SELECT
  source, runner, runner_id, instance_type,
  count(*) AS runs,
  min(runtime) AS duration_min_seconds,
  percentile(runtime, 50) AS duration_p50_seconds,
  percentile(runtime, 90) AS duration_p90_seconds,
  percentile(runtime, 95) AS duration_p95_seconds,
  percentile(runtime, 99) AS duration_p99_seconds,
  max(runtime) AS duration_max_seconds,
  (2 * sum(runtime) + count(*)) / (2 * count(*)) AS duration_mean_seconds,
  percentile(queue, 50) AS queue_p50_seconds,
  percentile(queue, 95) AS queue_p95_seconds
FROM finished
GROUP BY source, runner, runner_id, instance_type
ORDER BY source, runner, runner_id, instance_type;
