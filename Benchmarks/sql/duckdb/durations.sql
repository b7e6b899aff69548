-- How long successful runs took and waited, by runner: nearest-rank percentiles of whole milliseconds.
COPY (
  WITH
  finished AS (
    SELECT
      runner_id,
      greatest(0, epoch_ms(ended_at) - epoch_ms(started_at)) AS runtime,
      greatest(0, epoch_ms(started_at) - epoch_ms(created_at)) AS queue
    FROM run
    WHERE ended_at >= TIMESTAMP '$from' AND ended_at < TIMESTAMP '$to'
      AND outcome = 'success' AND started_at IS NOT NULL
  ),
  -- quantile_disc takes the value at position ⌈share × count⌉.
  summed AS (
    SELECT
      runner_id,
      count(*) AS runs,
      min(runtime) AS least,
      quantile_disc(runtime, [0.5, 0.9, 0.95, 0.99]) AS ranks,
      max(runtime) AS most,
      (2 * sum(runtime) + count(*)) // (2 * count(*)) AS mean,
      quantile_disc(queue, [0.5, 0.95]) AS queue_ranks
    FROM finished
    GROUP BY runner_id
  )
  SELECT
    name AS runner,
    runner_id,
    runs,
    least * 0.001 AS duration_min_seconds,
    ranks[1] * 0.001 AS duration_p50_seconds,
    ranks[2] * 0.001 AS duration_p90_seconds,
    ranks[3] * 0.001 AS duration_p95_seconds,
    ranks[4] * 0.001 AS duration_p99_seconds,
    most * 0.001 AS duration_max_seconds,
    CAST(mean AS BIGINT) * 0.001 AS duration_mean_seconds,
    queue_ranks[1] * 0.001 AS queue_p50_seconds,
    queue_ranks[2] * 0.001 AS queue_p95_seconds
  FROM summed
  JOIN runner USING (runner_id)
  ORDER BY runner, runner_id
) TO '$output' (FORMAT csv, HEADER);
