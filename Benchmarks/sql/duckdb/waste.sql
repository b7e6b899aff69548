-- What runs cost that came to nothing, by runner: a run's time is cut at the ends of the period, the run itself counts
-- where it ended.
COPY (
  WITH
  part AS (
    SELECT
      runner_id,
      outcome,
      ended_at >= TIMESTAMP '$from' AND ended_at < TIMESTAMP '$to' AS is_counted,
      greatest(
        0,
        epoch_ms(least(ended_at, TIMESTAMP '$to')) - epoch_ms(greatest(started_at, TIMESTAMP '$from'))
      ) AS billed
    FROM run
    WHERE ended_at >= TIMESTAMP '$from' AND (ended_at < TIMESTAMP '$to' OR started_at < TIMESTAMP '$to')
  ),
  summed AS (
    SELECT
      runner_id,
      count(*) FILTER (is_counted) AS runs,
      count(*) FILTER (is_counted AND outcome IN ('failure', 'error', 'timeout')) AS wasted_runs,
      count(*) FILTER (is_counted AND outcome = 'success') AS successes,
      sum(coalesce(billed, 0)) AS billed,
      coalesce(sum(billed) FILTER (outcome IN ('failure', 'error', 'timeout')), 0) AS wasted
    FROM part
    GROUP BY runner_id
  )
  SELECT
    split_part(name, '/', 1) AS source,
    name AS runner,
    runner_id,
    runs,
    wasted_runs,
    CAST(wasted AS DECIMAL(18, 0)) * 0.001 AS wasted_seconds,
    CAST(billed AS DECIMAL(18, 0)) * 0.001 * price_second AS cost,
    CAST(wasted AS DECIMAL(18, 0)) * 0.001 * price_second AS wasted_cost,
    successes
  FROM summed
  JOIN runner USING (runner_id)
  ORDER BY wasted_cost DESC, source, runner, runner_id
) TO '$output' (FORMAT csv, HEADER);
