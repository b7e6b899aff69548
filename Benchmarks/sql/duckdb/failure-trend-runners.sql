-- Runs per month and runner by outcome, the share that failed, and its Wilson 95 % interval.
COPY (
  WITH
  counted AS (
    SELECT
      CAST(date_trunc('month', ended_at) AS DATE) AS period,
      runner_id,
      count(*) FILTER (outcome = 'success') AS successes,
      count(*) FILTER (outcome = 'failure') AS failures,
      count(*) FILTER (outcome = 'error') AS errors,
      count(*) FILTER (outcome = 'timeout') AS timeouts,
      count(*) FILTER (outcome = 'unknown') AS unknown
    FROM run
    WHERE ended_at >= TIMESTAMP '$from' AND ended_at < TIMESTAMP '$to'
    GROUP BY ALL
  ),
  rated AS (
    SELECT
      *,
      failures + errors + timeouts AS failed,
      successes + failures + errors + timeouts AS rated_runs,
      CAST(failed AS DOUBLE) / nullif(rated_runs, 0) AS failure_rate,
      1.959963984540054 AS z,
      (failure_rate + z * z / (2 * rated_runs)) / (1 + z * z / rated_runs) AS centre,
      z / (1 + z * z / rated_runs)
        * sqrt(failure_rate * (1 - failure_rate) / rated_runs + z * z / (4 * rated_runs * rated_runs)) AS half
    FROM counted
  )
  SELECT
    period, split_part(name, '/', 1) AS source, name AS runner, runner_id, rated_runs, successes, failures, errors,
    timeouts, unknown, failed, failure_rate,
    CASE WHEN rated_runs = 0 THEN NULL WHEN failed = 0 THEN 0 ELSE greatest(0, centre - half) END AS failure_rate_low,
    CASE WHEN rated_runs = 0 THEN NULL WHEN failed = rated_runs THEN 1 ELSE least(1, centre + half) END
      AS failure_rate_high
  FROM rated
  JOIN runner USING (runner_id)
  ORDER BY period, runner, runner_id
) TO '$output' (FORMAT csv, HEADER);
