-- How long successful runs took and waited, by runner: nearest-rank percentiles, from the ledger's runs.
WITH
finished AS (
  SELECT
    run.runner_id,
    max(0, run.ended_at - run.started_at) AS runtime,
    max(0, run.started_at - run.created_at) AS queue
  FROM runner
  JOIN run
    ON run.runner_id = runner.runner_id
    AND run.ended_at >= strftime('%s', '$from') * 1000 AND run.ended_at < strftime('%s', '$to') * 1000
  WHERE run.outcome = 2 AND run.started_at IS NOT NULL
),
ranked AS (
  SELECT
    runner_id,
    runtime,
    queue,
    row_number() OVER (PARTITION BY runner_id ORDER BY runtime) AS runtime_rank,
    row_number() OVER (PARTITION BY runner_id ORDER BY queue) AS queue_rank,
    count(*) OVER (PARTITION BY runner_id) AS runs
  FROM finished
)
SELECT
  runner_detail.runner,
  runner_detail.runner_external_id AS runner_id,
  count(*) AS runs,
  printf('%.3f', min(runtime) / 1000.0) AS duration_min_seconds,
  printf('%.3f', max(runtime) FILTER (WHERE runtime_rank = (50 * runs + 99) / 100) / 1000.0)
    AS duration_p50_seconds,
  printf('%.3f', max(runtime) FILTER (WHERE runtime_rank = (90 * runs + 99) / 100) / 1000.0)
    AS duration_p90_seconds,
  printf('%.3f', max(runtime) FILTER (WHERE runtime_rank = (95 * runs + 99) / 100) / 1000.0)
    AS duration_p95_seconds,
  printf('%.3f', max(runtime) FILTER (WHERE runtime_rank = (99 * runs + 99) / 100) / 1000.0)
    AS duration_p99_seconds,
  printf('%.3f', max(runtime) / 1000.0) AS duration_max_seconds,
  printf('%.3f', (2 * sum(runtime) + count(*)) / (2 * count(*)) / 1000.0) AS duration_mean_seconds,
  printf('%.3f', max(queue) FILTER (WHERE queue_rank = (50 * runs + 99) / 100) / 1000.0) AS queue_p50_seconds,
  printf('%.3f', max(queue) FILTER (WHERE queue_rank = (95 * runs + 99) / 100) / 1000.0) AS queue_p95_seconds
FROM ranked
JOIN runner_detail USING (runner_id)
GROUP BY ranked.runner_id
ORDER BY runner_detail.runner, runner_detail.runner_external_id;
