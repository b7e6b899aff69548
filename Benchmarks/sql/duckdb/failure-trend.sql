-- Runs per day by outcome, the share that failed, and its Wilson 95 % interval.
COPY (
  WITH
  counted AS (
    SELECT
      CAST(ended_at AS DATE) AS period,
      count(*) FILTER (outcome = 'success') AS successes,
      count(*) FILTER (outcome = 'failure') AS failures,
      count(*) FILTER (outcome = 'error') AS errors,
      count(*) FILTER (outcome = 'timeout') AS timeouts
    FROM run
    WHERE ended_at >= TIMESTAMP '$from' AND ended_at < TIMESTAMP '$to'
    GROUP BY period
  ),
  rated AS (
    SELECT
      *,
      failures + errors + timeouts AS failed,
      successes + failures + errors + timeouts AS rated_runs,
      CAST(failed AS DOUBLE) / rated_runs AS failure_rate,
      1.959963984540054 AS z,
      (failure_rate + z * z / (2 * rated_runs)) / (1 + z * z / rated_runs) AS centre,
      z / (1 + z * z / rated_runs)
        * sqrt(failure_rate * (1 - failure_rate) / rated_runs + z * z / (4 * rated_runs * rated_runs)) AS half
    FROM counted
  )
  SELECT
    period, rated_runs, successes, failures, errors, timeouts, failed, failure_rate,
    CASE WHEN failed = 0 THEN 0 ELSE greatest(0, centre - half) END AS failure_rate_low,
    CASE WHEN failed = rated_runs THEN 1 ELSE least(1, centre + half) END AS failure_rate_high
  FROM rated
  ORDER BY period
) TO '$output' (FORMAT csv, HEADER);
